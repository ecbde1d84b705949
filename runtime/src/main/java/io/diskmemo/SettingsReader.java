package io.diskmemo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Puts settings together from the places that they can be in. Later sources win over earlier ones, a
 * setting at a time. Every program runs through it when it starts, so that there are loops where lambdas
 * would be classes made at run time.
 */
final class SettingsReader {
  static final String FILE = "diskmemo.properties";

  private static final String PREFIX = "diskmemo.";
  private static final String KIND_PREFIX = "diskmemo.kind.";
  private static final String DIRECTORY = "diskmemo.directory";
  private static final String ENVIRONMENT = "the environment";
  private static final String ENVIRONMENT_DIRECTORY = "DISKMEMO_DIRECTORY";
  private static final String ENVIRONMENT_PREFIX = "DISKMEMO_";
  private static final String ENVIRONMENT_KIND_PREFIX = "DISKMEMO_KIND_";

  /** Settings from one place, by the names that they have in a file. */
  record Source(String place, Map<String, String> values) {}

  private static final Source NOWHERE = new Source("nowhere", Map.of());

  private final List<Source> sources;
  private final Path workingDirectory;

  /**
   * Reads these sources.
   *
   * @param sources the weakest first
   */
  SettingsReader(List<Source> sources, Path workingDirectory) {
    this.sources = sources;
    this.workingDirectory = workingDirectory;
  }

  static SettingsReader ofThisProcess() {
    Path workingDirectory = Path.of("").toAbsolutePath();
    List<Source> sources = new ArrayList<>();
    sources.add(fromClassPath().orElse(NOWHERE));
    sources.add(fromFile(workingDirectory.resolve(FILE)).orElse(NOWHERE));
    sources.add(fromEnvironment(System.getenv()));
    sources.add(fromSystemProperties(System.getProperties()));
    return new SettingsReader(sources, workingDirectory);
  }

  private static Optional<Source> fromClassPath() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    URL resource = loader == null ? ClassLoader.getSystemResource(FILE) : loader.getResource(FILE);
    if (resource == null) {
      return Optional.empty();
    }
    try (InputStream bytes = resource.openStream();
        Reader in = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())) {
      Properties properties = new Properties();
      properties.load(in);
      return Optional.of(new Source(resource.toString(), everything(properties)));
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingException(resource + " cannot be read: " + e.getMessage());
    }
  }

  static Optional<Source> fromFile(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      Properties properties = new Properties();
      properties.load(in);
      return Optional.of(new Source(file.toString(), everything(properties)));
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingException(file + " cannot be read: " + e.getMessage());
    }
  }

  static Source fromSystemProperties(Properties properties) {
    return new Source("the system properties", onlyOurs(properties));
  }

  private static Map<String, String> everything(Properties properties) {
    Map<String, String> values = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      values.put(name, properties.getProperty(name));
    }
    return values;
  }

  private static Map<String, String> onlyOurs(Properties properties) {
    Map<String, String> values = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        values.put(name, properties.getProperty(name));
      }
    }
    return values;
  }

  /**
   * Names of kinds have no underscore. Where the name of one setting ends with that of another, it is the
   * longer: of {@code DISKMEMO_KIND_X_LOCK_TTL} the {@code lock-ttl} of the kind {@code x}, so that the
   * {@code ttl} of a kind {@code x-lock} has no variable.
   */
  static Source fromEnvironment(Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().startsWith(ENVIRONMENT_PREFIX)) {
        values.put(keyOf(variable.getKey()), variable.getValue());
      }
    }
    return new Source(ENVIRONMENT, values);
  }

  private static String keyOf(String variable) {
    if (variable.startsWith(ENVIRONMENT_KIND_PREFIX)) {
      String rest = variable.substring(ENVIRONMENT_KIND_PREFIX.length());
      Optional<ProfileSetting> setting = Arrays.stream(ProfileSetting.values())
          .filter(candidate -> rest.endsWith("_" + candidate.name()))
          .max(Comparator.comparingInt(
              candidate -> candidate.name().length())); // LOCK_TTL is no TTL
      if (setting.isPresent()) {
        String kind = rest.substring(0, rest.length() - setting.get().name().length() - 1);
        return KIND_PREFIX + lower(kind) + "." + setting.get().key();
      }
    }
    if (variable.equals(ENVIRONMENT_DIRECTORY)) {
      return DIRECTORY;
    }
    throw unknown(
        ENVIRONMENT,
        variable,
        List.of(ENVIRONMENT_DIRECTORY, ENVIRONMENT_KIND_PREFIX + "<KIND>_<SETTING>"));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Settings read() {
    Settings.Builder settings = Settings.builder();
    Map<String, Profile.Builder> profiles = new LinkedHashMap<>();
    Path directory = null;
    for (Source source : sources) {
      for (Map.Entry<String, String> value : source.values().entrySet()) {
        if (value.getKey().equals(DIRECTORY)) {
          directory = path(source.place(), value.getValue().strip());
        } else {
          apply(source.place(), value.getKey(), value.getValue().strip(), profiles);
        }
      }
    }
    for (Map.Entry<String, Profile.Builder> profile : profiles.entrySet()) {
      settings.kind(profile.getKey(), built(profile.getKey(), profile.getValue()));
    }
    noteOrigins(settings);
    return settings.directory(directory == null ? nearest() : directory).build();
  }

  private void noteOrigins(Settings.Builder settings) {
    for (Source source : sources) {
      for (String name : source.values().keySet()) {
        if (name.startsWith(KIND_PREFIX)) {
          int dot = name.lastIndexOf('.');
          settings.origin(
              name.substring(KIND_PREFIX.length(), dot), name.substring(dot + 1), source.place());
        }
      }
    }
  }

  private Path path(String place, String text) {
    try {
      if (!text.isEmpty()) {
        return workingDirectory.resolve(text);
      }
    } catch (InvalidPathException e) {
      // is reported like an empty one
    }
    throw new InvalidSettingException(
        DIRECTORY + " in " + place + ": \"" + text + "\" is no path of a directory");
  }

  private static Profile built(String kind, Profile.Builder profile) {
    try {
      return profile.build();
    } catch (InvalidSettingException e) {
      throw new InvalidSettingException(KIND_PREFIX + kind + ": " + e.getMessage());
    }
  }

  private static void apply(
      String place, String key, String value, Map<String, Profile.Builder> profiles) {
    int dot = key.lastIndexOf('.');
    if (!key.startsWith(KIND_PREFIX) || dot <= KIND_PREFIX.length()) {
      throw unknown(place, key, List.of(DIRECTORY, KIND_PREFIX + "<kind>.<setting>"));
    }
    String kind = key.substring(KIND_PREFIX.length(), dot);
    ProfileSetting setting = ProfileSetting.of(key.substring(dot + 1))
        .orElseThrow(() -> unknown(
            place,
            key,
            ProfileSetting.keys().stream()
                .map(name -> KIND_PREFIX + kind + "." + name)
                .toList()));
    try {
      KindNames.require(kind);
      setting.apply(profiles.computeIfAbsent(kind, k -> Profile.builder()), value);
    } catch (InvalidSettingException e) {
      throw new InvalidSettingException(key + " in " + place + ": " + e.getMessage());
    }
  }

  private static InvalidSettingException unknown(String place, String key, List<String> known) {
    String wayOut = Nearest.to(key, known)
        .map(near -> "did you mean " + near + "?")
        .orElse("known are " + String.join(", ", known));
    return new InvalidSettingException(key + " in " + place + " is no setting; " + wayOut);
  }

  private Path nearest() {
    for (Path above = workingDirectory; above != null; above = above.getParent()) {
      if (Files.isDirectory(above.resolve(".diskmemo"))) {
        return above.resolve(".diskmemo");
      }
    }
    return workingDirectory.resolve(".diskmemo");
  }
}
