"""The person who is drawn: head, hair, hands, feet and clothes on a posed body."""
