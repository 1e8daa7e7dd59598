using System.Buffers.Binary;
using System.Net.Sockets;
using AuditIntel.DevStack.Protocol;

namespace AuditIntel.DevStack.Tests.Broker;

/// <summary>A client that speaks in single frames, well-formed or not.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly NetworkStream _stream;
    private int _correlation;

    public RawClient(int port)
    {
        _tcp.Connect("127.0.0.1", port);
        _stream = _tcp.GetStream();
        _stream.ReadTimeout = 20_000;
    }

    public void Send(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public TResponse Call<TRequest, TResponse>(ApiKey key, short version, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var frame = Frame.Request(key, version, ++_correlation, "raw", request);
        Send(frame.ToArray());
        return Frame.ReadResponse<TResponse>(key, version, _correlation, ReadFrame());
    }

    public byte[] ReadFrame()
    {
        var length = new byte[4];
        _stream.ReadExactly(length);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        _stream.ReadExactly(frame);
        return frame;
    }

    /// <summary>Whether the broker closes the connection, with nothing more to read.</summary>
    public bool IsClosedByBroker()
    {
        try
        {
            return _stream.ReadByte() < 0;
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return true;
        }
    }

    public void Dispose() => _tcp.Dispose();
}
