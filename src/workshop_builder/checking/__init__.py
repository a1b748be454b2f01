"""What a careful editor and a careful teacher would remark of a workshop without mistakes."""
