package io.roomrouting.jetty;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what no handler before it has taken. */
final class UnknownPathHandler extends Handler.Abstract.NonBlocking {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        new Exchange(request, response, callback).refuse(Problem.unknownPath());
        return true;
    }
}
