package io.diskmemo;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings of a profile by the names that they have in files, with their syntax. */
enum ProfileSetting {
  SIZE_LIMIT {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.sizeLimit(SettingText.bytes(text));
    }

    @Override
    String text(Profile profile) {
      return Long.toString(profile.sizeLimit());
    }
  },
  CULL_LIMIT {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.cullLimit(SettingText.number(text));
    }

    @Override
    String text(Profile profile) {
      return Integer.toString(profile.cullLimit());
    }
  },
  EVICTION_POLICY {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.evictionPolicy(SettingText.constant(EvictionPolicy.class, text));
    }

    @Override
    String text(Profile profile) {
      return profile.evictionPolicy().name();
    }
  },
  TTL {
    @Override
    void apply(Profile.Builder profile, String text) {
      if (text.equals("never")) {
        profile.ttlNever();
      } else {
        profile.ttl(SettingText.duration(text));
      }
    }

    @Override
    String text(Profile profile) {
      return profile.ttl().map(Duration::toString).orElse("never");
    }
  },
  MEMORY_LIMIT {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.memoryLimit(SettingText.bytes(text));
    }

    @Override
    String text(Profile profile) {
      return Long.toString(profile.memoryLimit());
    }
  },
  MAX_ENTRY_SIZE {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.maxEntrySize(SettingText.bytes(text));
    }

    @Override
    String text(Profile profile) {
      return Long.toString(profile.maxEntrySize());
    }
  },
  STATISTICS {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.statistics(SettingText.onOrOff(text));
    }

    @Override
    String text(Profile profile) {
      return Boolean.toString(profile.statistics());
    }
  },
  TIMEOUT {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.timeout(SettingText.duration(text));
    }

    @Override
    String text(Profile profile) {
      return profile.timeout().toString();
    }
  },
  SYNCHRONOUS {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.synchronous(SettingText.constant(Synchronous.class, text));
    }

    @Override
    String text(Profile profile) {
      return profile.synchronous().name();
    }
  },
  EARLY_REFRESH {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.earlyRefresh(SettingText.decimal(text));
    }

    @Override
    String text(Profile profile) {
      return Double.toString(profile.earlyRefresh());
    }
  },
  STALE_WHILE_REFRESHING {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.staleWhileRefreshing(SettingText.duration(text));
    }

    @Override
    String text(Profile profile) {
      return profile.staleWhileRefreshing().toString();
    }
  },
  STALE_IF_ERROR {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.staleIfError(SettingText.duration(text));
    }

    @Override
    String text(Profile profile) {
      return profile.staleIfError().toString();
    }
  },
  LOCK_TTL {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.lockTtl(SettingText.duration(text));
    }

    @Override
    String text(Profile profile) {
      return profile.lockTtl().toString();
    }
  },
  LOCK_WAIT {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.lockWait(SettingText.duration(text));
    }

    @Override
    String text(Profile profile) {
      return profile.lockWait().toString();
    }
  },
  MIN_FILE_SIZE {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.minFileSize(SettingText.bytes(text));
    }

    @Override
    String text(Profile profile) {
      return Long.toString(profile.minFileSize());
    }
  },
  TAG_INDEX {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.tagIndex(SettingText.onOrOff(text));
    }

    @Override
    String text(Profile profile) {
      return Boolean.toString(profile.tagIndex());
    }
  },
  SHARDS {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.shards(SettingText.number(text));
    }

    @Override
    String text(Profile profile) {
      return Integer.toString(profile.shards());
    }
  },
  JOURNAL_MODE {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.journalMode(SettingText.constant(JournalMode.class, text));
    }

    @Override
    String text(Profile profile) {
      return profile.journalMode().name();
    }
  },
  MMAP_SIZE {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.mmapSize(SettingText.bytes(text));
    }

    @Override
    String text(Profile profile) {
      return Long.toString(profile.mmapSize());
    }
  },
  BREAKER_FAILURES {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.breakerFailures(SettingText.number(text));
    }

    @Override
    String text(Profile profile) {
      return Integer.toString(profile.breakerFailures());
    }
  },
  BREAKER_PAUSE {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.breakerPause(SettingText.duration(text));
    }

    @Override
    String text(Profile profile) {
      return profile.breakerPause().toString();
    }
  },
  NETWORK_FILE_SYSTEM {
    @Override
    void apply(Profile.Builder profile, String text) {
      profile.networkFileSystem(SettingText.onOrOff(text));
    }

    @Override
    String text(Profile profile) {
      return Boolean.toString(profile.networkFileSystem());
    }
  };

  /** Sets it to what the text says, or throws {@link InvalidSettingException} about the text. */
  abstract void apply(Profile.Builder profile, String text);

  /** What {@link #apply} understands as the profile's value. */
  abstract String text(Profile profile);

  /** As in {@code diskmemo.kind.geo.size-limit}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<ProfileSetting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }

  /** A profile as text, by the names of the settings. */
  static Map<String, String> textOf(Profile profile) {
    Map<String, String> text = new TreeMap<>();
    for (ProfileSetting setting : values()) {
      text.put(setting.key(), setting.text(profile));
    }
    return text;
  }

  /** A profile from text; names that this release does not know are passed over. */
  static Profile profileOf(Map<String, String> text) {
    Profile.Builder profile = Profile.builder();
    text.forEach((key, value) -> of(key).ifPresent(setting -> setting.apply(profile, value)));
    return profile.build();
  }

  static boolean isDefault(Profile profile, String key) {
    return of(key)
        .filter(setting -> setting.text(profile).equals(setting.text(Profile.defaults())))
        .isPresent();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(ProfileSetting::key).toList();
  }
}
