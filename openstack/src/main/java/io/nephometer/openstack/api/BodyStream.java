// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes of a body and stops at a bound. Read by one thread; {@link #expire} may come from another. */
final class BodyStream extends FilterInputStream {
    private final long most;
    private long count;
    private volatile boolean expired;

    BodyStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    /** The time for it is up: the reader gets an exception, also one that waits. */
    void expire() {
        expired = true;
        try {
            in.close();
        } catch (IOException _) {
            // The reader notices by itself.
        }
    }

    boolean isExpired() {
        return expired;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (expired) {
            throw new IOException("the time for the body is up");
        }
        if (read > 0) {
            count += read;
        }
        if (count > most) {
            throw new TooLargeException(most);
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        return in.skip(0);
    }

    /** More than the bound. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(long most) {
            super("more than " + most + " bytes");
        }
    }
}
