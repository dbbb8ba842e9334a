"""What the pictures of a report are made of: marks of SVG, colours, the projection, places for bubbles and labels."""
