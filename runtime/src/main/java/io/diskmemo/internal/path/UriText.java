package io.diskmemo.internal.path;

import java.net.URI;

/**
 * A URI as text. {@link URI#resolve} and {@link URI#relativize} put parts together without parsing them,
 * so that a URI can have the string of another: a path {@code a:b} without a scheme, or a path that
 * begins where the host ends.
 */
public final class UriText {
  private UriText() {}

  /**
   * Whether a URI is all that its string says: one that its string gives back.
   *
   * @param uri any
   * @return false if another URI has the same string, or none
   */
  public static boolean isWhole(URI uri) {
    return uri.isOpaque() || !mayBeAnother(uri, uri.getRawPath()) || isReadBack(uri);
  }

  private static boolean mayBeAnother(URI uri, String path) {
    if (uri.getRawAuthority() != null) {
      return !path.isEmpty() && !path.startsWith("/");
    }
    return path.startsWith("/")
        ? path.startsWith("//")
        : uri.getScheme() != null || path.indexOf(':') >= 0;
  }

  private static boolean isReadBack(URI uri) {
    try {
      return URI.create(uri.toString()).equals(uri);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
