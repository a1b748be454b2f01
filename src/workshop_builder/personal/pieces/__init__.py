"""Many sheets fast: parts are laid out once, and each sheet is put together from them."""
