package dev.darkroom.sync.folders.scan;

import java.util.Arrays;

/// Many numbers in little memory.
final class LongList {
    private long[] numbers = new long[64];
    private int size;

    void add(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long[] slice(int from, int length) {
        return Arrays.copyOfRange(numbers, from, Math.min(size, from + length));
    }
}
