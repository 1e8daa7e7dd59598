using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using AuditIntel.DevStack.Log;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Registry;

/// <summary>
/// The compacted topic <c>_schemas</c>, read and written over the Kafka protocol with the broker's own message tables. It speaks to the one
/// broker that it is given, which must lead the topic's only partition.
/// </summary>
internal sealed class KafkaSchemaLog : ISchemaLog
{
    public const string Topic = "_schemas";

    private const string Client = "auditintel-registry";
    private const short CreateTopicsVersion = 2;
    private const short ProduceVersion = 7;
    private const short FetchVersion = 11;
    private const int FetchBytes = 4 << 20;
    private const int LargestFrame = 64 << 20;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly TcpClient _connection;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TimeProvider _clock;
    private int _correlation;

    private KafkaSchemaLog(TcpClient connection, TimeProvider clock)
    {
        _connection = connection;
        _stream = connection.GetStream();
        _clock = clock;
    }

    public static async Task<KafkaSchemaLog> OpenAsync(string bootstrapServer, TimeProvider clock, CancellationToken cancellationToken)
    {
        int colon = bootstrapServer.LastIndexOf(':');
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(bootstrapServer[..colon], int.Parse(bootstrapServer[(colon + 1)..], CultureInfo.InvariantCulture), cancellationToken)
            .ConfigureAwait(false);
        var log = new KafkaSchemaLog(connection, clock);
        await log.CreateTopicAsync(cancellationToken).ConfigureAwait(false);
        return log;
    }

    public async IAsyncEnumerable<(byte[] Key, byte[]? Value)> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long next = 0;
        while (true)
        {
            FetchResponse.PartitionData answer = await FetchAsync(next, cancellationToken).ConfigureAwait(false);
            List<(long Offset, byte[] Key, byte[]? Value)> records = Decode(answer.Records.Memory, out long after);
            foreach ((long offset, byte[] key, byte[]? value) in records)
            {
                if (offset >= next)
                {
                    yield return (key, value);
                }
            }

            next = Math.Max(next, after);
            if (next >= answer.HighWatermark)
            {
                yield break;
            }
        }
    }

    public async Task AppendAsync(byte[] key, byte[]? value, CancellationToken cancellationToken)
    {
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var batch = new BatchBuilder(now);
        batch.Add(now, key, isKeyNull: false, value, value is null);
        var request = new ProduceRequest { Acks = -1, TimeoutMs = (int)RequestTimeout.TotalMilliseconds };
        var topic = new ProduceRequest.TopicProduceData { Name = Topic };
        topic.PartitionData.Add(new ProduceRequest.PartitionProduceData { Records = RecordsPayload.From(batch.Build()) });
        request.TopicData.Add(topic);
        ProduceResponse response = await SendAsync<ProduceRequest, ProduceResponse>(ApiKey.Produce, ProduceVersion, request, cancellationToken)
            .ConfigureAwait(false);
        ThrowOn(response.Responses[0].PartitionResponses[0].ErrorCode, "written");
    }

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        _connection.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task CreateTopicAsync(CancellationToken cancellationToken)
    {
        var topic = new CreateTopicsRequest.CreatableTopic { Name = Topic, NumPartitions = 1, ReplicationFactor = 1 };
        topic.Configs.Add(new CreateTopicsRequest.CreatableTopicConfig { Name = "cleanup.policy", Value = "compact" });
        var request = new CreateTopicsRequest { TimeoutMs = (int)RequestTimeout.TotalMilliseconds };
        request.Topics.Add(topic);
        CreateTopicsResponse response = await SendAsync<CreateTopicsRequest, CreateTopicsResponse>(
            ApiKey.CreateTopics, CreateTopicsVersion, request, cancellationToken).ConfigureAwait(false);
        short error = response.Topics[0].ErrorCode;
        if (error != (short)ErrorCode.TopicAlreadyExists)
        {
            ThrowOn(error, "created");
        }
    }

    private async Task<FetchResponse.PartitionData> FetchAsync(long offset, CancellationToken cancellationToken)
    {
        var topic = new FetchRequest.FetchTopic { Topic = Topic };
        topic.Partitions.Add(new FetchRequest.FetchPartition { FetchOffset = offset, PartitionMaxBytes = FetchBytes });
        var request = new FetchRequest { MaxWaitMs = 100, MinBytes = 0, MaxBytes = FetchBytes, SessionEpoch = -1 };
        request.Topics.Add(topic);
        FetchResponse response = await SendAsync<FetchRequest, FetchResponse>(ApiKey.Fetch, FetchVersion, request, cancellationToken).ConfigureAwait(false);
        FetchResponse.PartitionData answer = response.Responses[0].Partitions[0];
        ThrowOn(answer.ErrorCode, "read");
        return answer;
    }

    private async Task<TResponse> SendAsync<TRequest, TResponse>(ApiKey key, short version, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(RequestTimeout);
        await _turn.WaitAsync(deadline.Token).ConfigureAwait(false);
        try
        {
            int correlation = ++_correlation;
            using (WireWriter frame = Frame.Request(key, version, correlation, Client, request))
            {
                await _stream.WriteAsync(frame.ToArray(), deadline.Token).ConfigureAwait(false);
            }

            byte[] size = new byte[sizeof(int)];
            await _stream.ReadExactlyAsync(size, deadline.Token).ConfigureAwait(false);
            int length = BinaryPrimitives.ReadInt32BigEndian(size);
            if (length is < 0 or > LargestFrame)
            {
                throw new IOException($"The broker answered with a frame of {length} bytes.");
            }

            byte[] body = new byte[length];
            await _stream.ReadExactlyAsync(body, deadline.Token).ConfigureAwait(false);
            return Frame.ReadResponse<TResponse>(key, version, correlation, body);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static List<(long Offset, byte[] Key, byte[]? Value)> Decode(ReadOnlyMemory<byte> batches, out long next)
    {
        var records = new List<(long Offset, byte[] Key, byte[]? Value)>();
        ReadOnlySpan<byte> rest = batches.Span;
        next = -1;
        while (rest.Length >= BatchHeader.Size)
        {
            long baseOffset = BinaryPrimitives.ReadInt64BigEndian(rest);
            int length = BinaryPrimitives.ReadInt32BigEndian(rest[8..]) + BatchHeader.Prefix;
            if (length > rest.Length)
            {
                break;
            }

            int lastDelta = BinaryPrimitives.ReadInt32BigEndian(rest[23..]);
            var reader = new RecordReader(rest[BatchHeader.Size..length]);
            while (reader.TryRead(out RecordView record))
            {
                if (!record.IsKeyNull)
                {
                    records.Add((baseOffset + record.OffsetDelta, record.Key.ToArray(), record.IsValueNull ? null : record.Value.ToArray()));
                }
            }

            next = baseOffset + lastDelta + 1;
            rest = rest[length..];
        }

        return records;
    }

    private static void ThrowOn(short error, string what)
    {
        if (error != (short)ErrorCode.None)
        {
            throw new IOException($"Topic {Topic} cannot be {what}: {(ErrorCode)error}.");
        }
    }
}
