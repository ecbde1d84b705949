package io.diskmemo.it;

import io.diskmemo.annotations.DiskMemoize;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Safelist;

/** jsoup: HTML. */
class Pages {
  sealed interface Part {}

  record Tag(String name, List<Part> parts) implements Part {}

  record Words(String text) implements Part {}

  record Link(String text, Optional<URI> target) {}

  @DiskMemoize
  Part outline(String html) {
    return part(Jsoup.parseBodyFragment(html).body());
  }

  private static Part part(Node node) {
    return node instanceof Element element
        ? new Tag(
            element.tagName(), element.childNodes().stream().map(Pages::part).toList())
        : new Words(node instanceof TextNode text ? text.getWholeText() : node.outerHtml());
  }

  @DiskMemoize
  List<Link> links(String html) {
    return Jsoup.parseBodyFragment(html).select("a").stream()
        .map(a -> new Link(a.text(), uri(a.attr("href"))))
        .toList();
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @DiskMemoize
  String cleaned(String html) {
    return Jsoup.clean(html, Safelist.basic());
  }

  @DiskMemoize
  Set<String> classes(String html) {
    Set<String> classes = new LinkedHashSet<>();
    Jsoup.parseBodyFragment(html)
        .body()
        .getAllElements()
        .forEach(element -> classes.addAll(element.classNames()));
    return classes;
  }
}
