/** The annotations that mark methods to memoize and shape their keys. */
module io.diskmemo.annotations {
  exports io.diskmemo.annotations;
}
