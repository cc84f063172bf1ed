"""The engine: takes submissions one way through, and knows no assignment."""
