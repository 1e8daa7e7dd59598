using AuditIntel.DevStack.Broker;
using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>
/// Reads batches. Waits until there are min bytes or the time is up; the bytes go from the file to the socket when the answer is sent.
/// Knows fetch sessions (KIP-227) and topic ids (KIP-516).
/// </summary>
internal sealed class FetchApi(BrokerState broker) : ApiHandler<FetchRequest, FetchResponse>(ApiKey.Fetch, 4, 16)
{
    /// <summary>Bytes of one answer at most, whatever the client asks for.</summary>
    private const int MaxResponseBytes = 64 << 20;

    private const int FinalEpoch = -1;

    protected override async ValueTask<FetchResponse?> HandleAsync(
        FetchRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var error = FindSession(request, out var session, out var targets);
        if (error != ErrorCode.None)
        {
            return new FetchResponse { ErrorCode = (short)error };
        }

        // Only a full answer names the partitions that have nothing new.
        var incremental = session is not null && request.SessionEpoch > 0;
        var reads = await ReadAsync(request, context.Version, targets, incremental, cancellationToken).ConfigureAwait(false);
        var response = new FetchResponse { SessionId = session?.Id ?? 0 };
        foreach (var (target, data) in reads)
        {
            var told = (data.HighWatermark, data.LogStartOffset, data.LastStableOffset);
            if (incremental && data.Records.Length == 0 && data.ErrorCode == 0 && told == target.Told)
            {
                continue;
            }

            target.Told = told;
            if (data.Records.Length > 0)
            {
                session?.Served(target);
            }

            if (response.Responses.Count == 0 || response.Responses[^1].Topic != target.Topic || response.Responses[^1].TopicId != target.TopicId)
            {
                response.Responses.Add(new() { Topic = target.Topic, TopicId = target.TopicId });
            }

            response.Responses[^1].Partitions.Add(data);
        }

        return response;
    }

    private static void Release(List<(FetchTarget Target, FetchResponse.PartitionData Data)> reads) => reads.ForEach(r => r.Data.Records.File?.Dispose());

    private async ValueTask<List<(FetchTarget Target, FetchResponse.PartitionData Data)>> ReadAsync(
        FetchRequest request, short version, List<FetchTarget> targets, bool incremental, CancellationToken cancellationToken)
    {
        var reads = Read(request, version, targets, incremental, out var enough);
        if (enough || request.MaxWaitMs <= 0)
        {
            return reads;
        }

        using var wait = new FetchWait([.. targets.Select(PartitionOf).OfType<Partition>().Select(p => p.Log)]);
        var began = broker.Clock.GetTimestamp();
        while (true)
        {
            // Registered before this read: what is appended after it ends the wait.
            Release(reads);
            reads = Read(request, version, targets, incremental, out enough);
            var left = TimeSpan.FromMilliseconds(Math.Min(request.MaxWaitMs, 60_000)) - broker.Clock.GetElapsedTime(began);
            if (enough || left <= TimeSpan.Zero)
            {
                return reads;
            }

            Release(reads);
            await wait.NextAsync(left, broker.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private ErrorCode FindSession(FetchRequest request, out FetchSession? session, out List<FetchTarget> targets)
    {
        session = null;
        targets = [];
        if (request.SessionEpoch is FinalEpoch or 0)
        {
            broker.FetchSessions.Close(request.SessionId);
            targets = TargetsOf(request);
            if (request.SessionEpoch == 0)
            {
                session = broker.FetchSessions.Open();
                targets.ForEach(session.Put);
            }

            return ErrorCode.None;
        }

        session = broker.FetchSessions.Find(request.SessionId);
        if (session is null)
        {
            return ErrorCode.FetchSessionIdNotFound;
        }

        if (session.NextEpoch != request.SessionEpoch)
        {
            return ErrorCode.InvalidFetchSessionEpoch;
        }

        session.NextEpoch = session.NextEpoch == int.MaxValue ? 1 : session.NextEpoch + 1;
        TargetsOf(request).ForEach(session.Put);
        foreach (var topic in request.ForgottenTopicsData)
        {
            foreach (var partition in topic.Partitions)
            {
                session.Forget(NameOf(topic.Topic, topic.TopicId), partition);
            }
        }

        targets = [.. session.Targets];
        return ErrorCode.None;
    }

    private List<FetchTarget> TargetsOf(FetchRequest request)
    {
        List<FetchTarget> targets = [];
        foreach (var topic in request.Topics)
        {
            var name = NameOf(topic.Topic, topic.TopicId);
            foreach (var partition in topic.Partitions)
            {
                targets.Add(new()
                {
                    Topic = name,
                    TopicId = topic.TopicId,
                    Partition = partition.Partition,
                    Offset = partition.FetchOffset,
                    MaxBytes = partition.PartitionMaxBytes,
                });
            }
        }

        return targets;
    }

    // Under its id an unknown topic keeps a name nobody can give it.
    private string NameOf(string name, Guid id) => id == Guid.Empty ? name : broker.Catalog.Find(id)?.Name ?? $"?{id}";

    private Partition? PartitionOf(FetchTarget target) =>
        broker.Catalog.Find(target.Topic) is { } topic && (target.TopicId == Guid.Empty || target.TopicId == topic.Id) ? topic.Find(target.Partition) : null;

    private List<(FetchTarget Target, FetchResponse.PartitionData Data)> Read(
        FetchRequest request, short version, List<FetchTarget> targets, bool incremental, out bool enough)
    {
        var reads = new List<(FetchTarget Target, FetchResponse.PartitionData Data)>(targets.Count);
        var bytes = 0;
        var failed = false;
        var left = Math.Min(request.MaxBytes, MaxResponseBytes);
        foreach (var target in targets)
        {
            var data = Read(target, version, request.IsolationLevel == 1, left, atLeastOne: bytes == 0);
            bytes += data.Records.Length;
            left -= data.Records.Length;
            failed |= data.ErrorCode != 0;
            reads.Add((target, data));
        }

        enough = bytes >= request.MinBytes || failed || (targets.Count == 0 && !incremental);
        return reads;
    }

    private FetchResponse.PartitionData Read(FetchTarget target, short version, bool committed, int left, bool atLeastOne)
    {
        var data = new FetchResponse.PartitionData { PartitionIndex = target.Partition, Records = RecordsPayload.Empty, AbortedTransactions = null };
        if (PartitionOf(target) is not { } partition)
        {
            data.ErrorCode = (short)(version >= 13 && broker.Catalog.Find(target.TopicId) is null ? ErrorCode.UnknownTopicId : ErrorCode.UnknownTopicOrPartition);
            data.HighWatermark = -1;
            return data;
        }

        var read = partition.Log.Read(target.Offset, Math.Min(target.MaxBytes, left), committed, atLeastOne);
        data.ErrorCode = (short)read.Error;
        data.HighWatermark = read.HighWatermark;
        data.LastStableOffset = read.LastStableOffset;
        data.LogStartOffset = read.StartOffset;
        data.AbortedTransactions = read.Aborted is null
            ? null
            : [.. read.Aborted.Select(a => new FetchResponse.AbortedTransaction { ProducerId = a.ProducerId, FirstOffset = a.FirstOffset })];
        data.Records = read.Slice is null ? RecordsPayload.Empty : RecordsPayload.From(read.Slice);
        return data;
    }
}
