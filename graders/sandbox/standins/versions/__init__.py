"""What libraries have dropped since a submission was written: names, arguments, conversions. They work, and are told."""
