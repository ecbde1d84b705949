package io.diskmemo.it;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Whether results are equal with the arrays within them. */
final class Same {
  private Same() {}

  static boolean are(Object one, Object other) {
    if (one == null || other == null) {
      return one == null && other == null;
    } else if (one.getClass().isArray()) {
      return other.getClass() == one.getClass() && arrays(one, other);
    } else if (one instanceof List<?> list) {
      return other instanceof List<?> others && lists(list, others);
    } else if (one instanceof Optional<?> optional) {
      return other instanceof Optional<?> others && are(optional.orElse(null), others.orElse(null));
    } else if (one instanceof Record) {
      return one.getClass() == other.getClass() && records(one, other);
    } else if (one.getClass().getNestHost() == Beans.class) {
      return one.getClass() == other.getClass() && beans(one, other);
    }
    return one.equals(other);
  }

  private static boolean arrays(Object one, Object other) {
    boolean same = Array.getLength(one) == Array.getLength(other);
    for (int i = 0; same && i < Array.getLength(one); i++) {
      same = are(Array.get(one, i), Array.get(other, i));
    }
    return same;
  }

  private static boolean lists(List<?> one, List<?> other) {
    Iterator<?> others = other.iterator();
    return one.size() == other.size() && one.stream().allMatch(next -> are(next, others.next()));
  }

  private static boolean records(Object one, Object other) {
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        if (!are(component.getAccessor().invoke(one), component.getAccessor().invoke(other))) {
          return false;
        }
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("records of the test can be read", e);
      }
    }
    return true;
  }

  private static boolean beans(Object one, Object other) {
    for (Field field : one.getClass().getDeclaredFields()) {
      try {
        field.setAccessible(true);
        if (!are(field.get(one), field.get(other))) {
          return false;
        }
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("fields of the test can be read", e);
      }
    }
    return true;
  }
}
