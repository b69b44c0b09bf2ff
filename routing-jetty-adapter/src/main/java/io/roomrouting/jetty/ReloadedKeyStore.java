package io.roomrouting.jetty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key and certificate of a server, which follow their file: who connects after the file has changed is shown the new
 * certificate, and connections that are there go on. TLS 1.2 and 1.3 only.
 *
 * <p>The file is read every two seconds and compared by its content, so that it does not matter how it is replaced: by a
 * rename, by writing into it, or by a symbolic link on the way to it that points elsewhere. What cannot be used changes
 * nothing; it is reported once it has been seen twice, since a file may be in the middle of being written.
 *
 * <p>Belongs to a {@link Server}, as a bean that starts before the connectors, which may be many and come and go.
 */
final class ReloadedKeyStore extends ContainerLifeCycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadedKeyStore.class);
    private static final long PERIOD_SECONDS = 2;
    private static final byte[] UNREADABLE = {};

    private final ListenSettings.KeyStoreFile file;
    private final Scheduler scheduler;
    private final Executor threads;
    private final SslContextFactory.Server context = new SslContextFactory.Server();

    // What the file held at the last look, one look after the other.
    private byte[] inUse;
    private byte @Nullable [] refused;
    private boolean told;

    private Scheduler.@Nullable Task next;

    /**
     * Reads the file.
     *
     * @param file the key store
     * @param server has the threads that look at the file
     * @throws UncheckedIOException if the file cannot be used; its message is fit to be the only line that is told
     */
    ReloadedKeyStore(ListenSettings.KeyStoreFile file, Server server) {
        this.file = file;
        this.scheduler = server.getScheduler();
        this.threads = server.getThreadPool();
        try {
            inUse = KeyStoreContent.read(file.path());
            context.setSslContext(KeyStoreContent.open(inUse, file.password()).context());
        } catch (IOException e) {
            throw unusable(file, e);
        }
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        installBean(context);
    }

    /** What the connections of all connectors are made with. */
    SslContextFactory.Server context() {
        return context;
    }

    private static UncheckedIOException unusable(ListenSettings.KeyStoreFile file, IOException why) {
        return new UncheckedIOException("Cannot use the key store " + file.path() + ": " + why.getMessage(), why);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lookLater();
    }

    @Override
    protected void doStop() throws Exception {
        synchronized (this) {
            if (next != null) {
                next.cancel();
            }
        }
        super.doStop();
    }

    private synchronized void lookLater() {
        next = scheduler.schedule(() -> threads.execute(this::lookAndGoOn), PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void lookAndGoOn() {
        if (!isRunning()) {
            return;
        }
        try {
            look();
        } finally {
            lookLater();
        }
    }

    /** Takes what stands in the file, if it is new and of use. One caller at a time. May block on the file system. */
    void look() {
        byte[] found = UNREADABLE;
        try {
            found = KeyStoreContent.read(file.path());
            if (Arrays.equals(found, inUse)) {
                refused = null;
            } else if (!told || !Arrays.equals(found, refused)) {
                take(found, KeyStoreContent.open(found, file.password()));
            }
        } catch (IOException e) {
            refuse(found, e);
        }
    }

    private void take(byte[] found, KeyStoreContent content) {
        try {
            context.reload(factory -> factory.setSslContext(content.context()));
        } catch (Exception e) {
            throw new IllegalStateException("A context that is ready cannot be loaded", e);
        }
        inUse = found;
        refused = null;
        LOG.info(
                "New connections get the certificate that is now in {}, valid until {}",
                file.path(),
                content.validUntil());
    }

    private void refuse(byte[] found, IOException why) {
        boolean again = Arrays.equals(found, refused);
        if (again && !told) {
            LOG.error(
                    "The certificate of before stays in use: {}",
                    unusable(file, why).getMessage());
        }
        told = again;
        refused = found;
    }
}
