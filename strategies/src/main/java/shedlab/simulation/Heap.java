package shedlab.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A priority queue by key, smallest first, equal keys in the order in which they were put. It is a
 * heap with four children per node, but one of the first: an item that is taken and put in again as
 * the first costs one comparison. Keys and order are in separate arrays, so that a comparison
 * follows no pointer. Entries belong to their items and are reused, so only a growing array
 * allocates. Not thread-safe.
 */
final class Heap<T> {
  /** An item's place in one heap. */
  static final class Entry<T> {
    final T item;
    private long key;
    private int place = -1;

    /** Taken out, but still at the top: putting it in again then costs less. */
    private boolean taken;

    Entry(T item) {
      this.item = item;
    }

    boolean queued() {
      return place >= 0 && !taken;
    }

    long key() {
      return key;
    }
  }

  private long[] keys = new long[16];
  private long[] orders = new long[16];
  private Entry<T>[] entries = newArray(16);
  private int size;
  private long puts;

  @SuppressWarnings("unchecked")
  private static <T> Entry<T>[] newArray(int length) {
    return (Entry<T>[]) new Entry<?>[length];
  }

  int size() {
    return size;
  }

  /** The smallest key; {@link Long#MAX_VALUE} if it is empty. */
  long leastKey() {
    return size == 0 ? Long.MAX_VALUE : keys[0];
  }

  @Nullable T peek() {
    return size == 0 ? null : entries[0].item;
  }

  /** Puts it in, or moves it if it is in already. */
  void put(Entry<T> entry, long key) {
    put(entry, key, nextOrder());
  }

  /** The order that the next put would get. It is taken by this call. */
  long nextOrder() {
    return puts++;
  }

  /** Puts it in, or moves it, as if this had been done when its order was taken. */
  void put(Entry<T> entry, long key, long order) {
    int hole = entry.place;
    if (hole < 0) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
        orders = Arrays.copyOf(orders, 2 * size);
        entries = Arrays.copyOf(entries, 2 * size);
      }
      hole = size++;
    }
    entry.taken = false;
    entry.key = key;
    settle(entry, key, order, hole);
  }

  /**
   * As {@link #poll}, for an item that is most likely put in again at once. {@link #drop} must
   * follow, and nothing with a smaller key may be put in before.
   */
  Entry<T> take() {
    Entry<T> least = entries[0];
    least.taken = true;
    return least;
  }

  /** Takes it out unless it has been put in again. */
  void drop(Entry<T> entry) {
    if (entry.taken) {
      remove(entry);
    }
  }

  /** Takes out the item of the smallest key; the heap must not be empty. */
  T poll() {
    Entry<T> least = entries[0];
    remove(least);
    return least.item;
  }

  /** Takes it out if it is in. */
  void remove(Entry<T> entry) {
    int hole = entry.place;
    if (hole < 0) {
      return;
    }
    entry.place = -1;
    entry.taken = false;
    Entry<T> last = entries[--size];
    if (hole < size) {
      settle(last, keys[size], orders[size], hole);
    }
  }

  private void settle(Entry<T> entry, long key, long order, int from) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole + 2) >> 2;
      if (!before(key, order, parent)) {
        break;
      }
      move(parent, hole);
      hole = parent;
    }
    while (true) {
      int child = hole == 0 ? 1 : 4 * hole - 2;
      if (child >= size) {
        break;
      }
      int least = child;
      int end = Math.min(4 * hole + 2, size);
      for (int i = child + 1; i < end; i++) {
        if (before(keys[i], orders[i], least)) {
          least = i;
        }
      }
      if (before(key, order, least)) {
        break;
      }
      move(least, hole);
      hole = least;
    }
    keys[hole] = key;
    orders[hole] = order;
    entries[hole] = entry;
    entry.place = hole;
  }

  private boolean before(long key, long order, int place) {
    long other = keys[place];
    return key < other || (key == other && order < orders[place]);
  }

  private void move(int from, int to) {
    keys[to] = keys[from];
    orders[to] = orders[from];
    entries[to] = entries[from];
    entries[to].place = to;
  }
}
