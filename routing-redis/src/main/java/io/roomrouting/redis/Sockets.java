package io.roomrouting.redis;

import io.roomrouting.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Makes connections, by TLS where it is wanted; the server's certificate has to name the host that was asked for. */
final class Sockets {

    private Sockets() {}

    static Socket connect(HostAndPort node, Access access, Deadline deadline) {
        try {
            Socket socket = connect(node, deadline);
            return access.tls().isPresent() ? secure(socket, node, access.tls().get(), deadline) : socket;
        } catch (IOException e) {
            throw new JedisConnectionException("no connection to " + node, e);
        }
    }

    /** A name may stand for several addresses; each gets its share of the time. */
    private static Socket connect(HostAndPort node, Deadline deadline) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(node.getHost());
        IOException failure = new SocketTimeoutException("no time is left to connect");
        for (int i = 0; i < addresses.length && !deadline.hasPassed(); i++) {
            long share = deadline.remaining().toMillis() / (addresses.length - i);
            try {
                return connect(new InetSocketAddress(addresses[i], node.getPort()), (int) Math.max(1, share));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static Socket connect(InetSocketAddress address, int millis) throws IOException {
        Socket socket = new Socket();
        boolean connected = false;
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            connected = true;
            return socket;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    private static Socket secure(Socket plain, HostAndPort node, SSLSocketFactory tls, Deadline deadline)
            throws IOException {
        boolean secured = false;
        try {
            SSLSocket secure = (SSLSocket) tls.createSocket(plain, node.getHost(), node.getPort(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.setSoTimeout((int) Math.max(1, deadline.remaining().toMillis()));
            secure.startHandshake();
            secured = true;
            return secure;
        } finally {
            if (!secured) {
                plain.close();
            }
        }
    }
}
