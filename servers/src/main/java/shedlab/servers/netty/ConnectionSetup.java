package shedlab.servers.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import org.jspecify.annotations.Nullable;
import shedlab.servers.endpoint.Endpoint;
import shedlab.servers.host.RefuseWith;
import shedlab.servers.host.ServerConfig;
import shedlab.servers.host.Tls;

/**
 * The handlers of a new connection. Each stream of HTTP/2 is a channel of its own, with a {@link
 * NettyConnection} that sees one request.
 */
final class ConnectionSetup extends ChannelInitializer<SocketChannel> {
  private static final int UNLIMITED = 0;

  private final ServerConfig config;
  private final Endpoint endpoint;
  private final ChannelGroup connections;
  private final @Nullable SslContext tls;

  /** Adds every connection to the group. */
  ConnectionSetup(ServerConfig config, Endpoint endpoint, ChannelGroup connections) {
    this.config = config;
    this.endpoint = endpoint;
    this.connections = connections;
    this.tls =
        switch (config.listening().protocol()) {
          case HTTP -> null;
          case HTTPS -> tls(ApplicationProtocolNames.HTTP_1_1);
          case H2 -> tls(ApplicationProtocolNames.HTTP_2);
        };
  }

  private static SslContext tls(String protocol) {
    return new JdkSslContext(
        Tls.context(),
        false,
        null,
        IdentityCipherSuiteFilter.INSTANCE,
        new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            protocol),
        ClientAuth.NONE,
        new String[] {Tls.VERSION},
        false);
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    connections.add(channel);
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc()));
    }
    switch (config.listening().protocol()) {
      case HTTP, HTTPS ->
          pipeline
              .addLast(new StrictRequestDecoder(decoding()))
              .addLast(new HttpResponseEncoder())
              .addLast(new IdleStateHandler(0, 0, ServerConfig.IDLE_SECONDS))
              .addLast(new NettyConnection(endpoint));
      case H2 -> {
        Http2FrameCodec frames = frames();
        pipeline
            .addLast(frames)
            .addLast(new Http2MultiplexHandler(new StreamSetup(endpoint)))
            .addLast(new IdleStateHandler(0, 0, ServerConfig.IDLE_SECONDS))
            .addLast(new IdleClose(frames));
      }
    }
  }

  private static HttpDecoderConfig decoding() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(ServerConfig.MAX_HEADER_BYTES)
        .setMaxHeaderSize(ServerConfig.MAX_HEADER_BYTES);
  }

  private Http2FrameCodec frames() {
    Http2FrameCodecBuilder frames =
        Http2FrameCodecBuilder.forServer()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .maxConcurrentStreams(ServerConfig.MAX_STREAMS)
                    .maxHeaderListSize(ServerConfig.MAX_HEADER_BYTES));
    if (config.refuseWith() == RefuseWith.RESET) { // by default 200 in 30 s end the connection
      frames.encoderEnforceMaxRstFramesPerWindow(UNLIMITED, UNLIMITED);
    }
    return frames.build();
  }

  /** Gives each stream its handlers. */
  private static final class StreamSetup extends ChannelInitializer<Channel> {
    private final Endpoint endpoint;

    StreamSetup(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    protected void initChannel(Channel stream) {
      stream
          .pipeline()
          .addLast(new Http2StreamFrameToHttpObjectCodec(true))
          .addLast(new NettyConnection(endpoint));
    }
  }

  /** Closes a connection of HTTP/2 that is idle, unless a request on it waits for its answer. */
  private static final class IdleClose extends ChannelInboundHandlerAdapter {
    private final Http2FrameCodec frames;

    IdleClose(Http2FrameCodec frames) {
      this.frames = frames;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // there is no one to inform
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event instanceof IdleStateEvent && frames.connection().numActiveStreams() == 0) {
        context.close();
      }
      super.userEventTriggered(context, event);
    }
  }
}
