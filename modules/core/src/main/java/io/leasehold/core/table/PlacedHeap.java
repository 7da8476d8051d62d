package io.leasehold.core.table;

import java.util.Arrays;
import java.util.List;

/**
 * A binary heap in which every element knows its place, so that any of them leaves in O(log n) (Williams 1964, Algorithm
 * 232, with an index); one that goes to the end, as most do, costs O(1). No two elements may be equal in its order: then the
 * same elements leave in the same order whatever happened before. Not thread-safe.
 */
public abstract class PlacedHeap<T> {
    /** The place of what is in no heap. */
    public static final int NOWHERE = Integer.MIN_VALUE;

    private Object[] elements = new Object[16];
    private int size;

    protected abstract boolean before(T a, T b);

    /** As last set. */
    protected abstract int place(T element);

    protected abstract void place(T element, int at);

    public final int size() {
        return size;
    }

    /** The first, or null. */
    public final T head() {
        return size == 0 ? null : at(0);
    }

    public final void add(T element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, size * 2);
        }
        size++;
        up(size - 1, element);
    }

    /** Takes out an element that is here. */
    public final void remove(T element) {
        int at = place(element);
        size--;
        T last = at(size);
        elements[size] = null;
        place(element, NOWHERE);
        if (at == size) {
            return;
        }
        if (at > 0 && before(last, at((at - 1) >>> 1))) {
            up(at, last);
        } else {
            down(at, last);
        }
    }

    /** Puts the first, which may have to come later than it did, where it belongs. */
    public final void settleHead() {
        down(0, at(0));
    }

    /** In no order; as it is now, not to be kept. */
    @SuppressWarnings("unchecked")
    public final List<T> elements() {
        return (List<T>) Arrays.asList(elements).subList(0, size);
    }

    private void up(int from, T element) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(element, at(parent))) {
                break;
            }
            set(at, at(parent));
            at = parent;
        }
        set(at, element);
    }

    private void down(int from, T element) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(at(child + 1), at(child))) {
                child++;
            }
            if (!before(at(child), element)) {
                break;
            }
            set(at, at(child));
            at = child;
        }
        set(at, element);
    }

    @SuppressWarnings("unchecked")
    private T at(int place) {
        return (T) elements[place];
    }

    private void set(int at, T element) {
        elements[at] = element;
        place(element, at);
    }
}
