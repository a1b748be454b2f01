"""Pictures of pixels: read, brought to sRGB and made anew."""
