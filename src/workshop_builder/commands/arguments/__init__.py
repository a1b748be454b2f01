"""What a command is given: arguments and options, their completion, the source folder."""
