"""What is known of a class over time: every attempt, every verdict, every mark of a person, who gave it, when and why."""
