using System.Buffers;
using System.Buffers.Binary;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Transactions.State;
using AuditIntel.Streaming;

namespace AuditIntel.Topologies.Transactions.State;

/// <summary>Bytes of keys and values of the topology's stores, as they stand in their changelogs.</summary>
internal static class StateSerdes
{
    private const byte SeenVersion = 1;
    private const int SeenSize = 1 + 32 + 8 + 8 + 8 + 1 + 1;

    private delegate T Read<T>(ReadOnlySpan<byte> data);

    public static ISerde<AccountKey> AccountKeys { get; } = new Serde<AccountKey>(
        (key, output) => KeyText.Write(output, key.ChainId, key.Address),
        data => new AccountKey(KeyText.ReadChain(data, out ReadOnlySpan<byte> address), KeyText.ReadAddress(address)));

    public static ISerde<PairKey> PairKeys { get; } = new Serde<PairKey>((key, output) => KeyText.Write(output, key.ChainId, key.From, key.To), ReadPair);

    public static ISerde<TransactionKey> TransactionKeys { get; } = new Serde<TransactionKey>(
        (key, output) => KeyText.Write(output, key.ChainId, key.Hash),
        data => new TransactionKey(KeyText.ReadChain(data, out ReadOnlySpan<byte> hash), KeyText.ReadHash(hash)));

    public static ISerde<AccountState> Accounts { get; } = new Serde<AccountState>(
        (state, output) =>
        {
            AccountStateCodec.Write(state, output.GetSpan(AccountStateCodec.Size));
            output.Advance(AccountStateCodec.Size);
        },
        AccountStateCodec.Read);

    public static ISerde<PairState> Pairs { get; } = new Serde<PairState>(
        (state, output) =>
        {
            PairStateCodec.Write(state, output.GetSpan(PairStateCodec.Size));
            output.Advance(PairStateCodec.Size);
        },
        PairStateCodec.Read);

    public static ISerde<ChainState> Chains { get; } = new Serde<ChainState>(
        (state, output) =>
        {
            ChainStateCodec.Write(state, output.GetSpan(ChainStateCodec.Size));
            output.Advance(ChainStateCodec.Size);
        },
        ChainStateCodec.Read);

    /// <summary>
    /// Version 1, little-endian: version (1 byte), block hash (32), time (int64, ms), score, confidence (float64), severity (1), about the receiver 1 and removed 2 (1).
    /// </summary>
    public static ISerde<SeenTransaction> Seen { get; } = new Serde<SeenTransaction>(WriteSeen, ReadSeen);

    private static PairKey ReadPair(ReadOnlySpan<byte> data)
    {
        long chainId = KeyText.ReadChain(data, out ReadOnlySpan<byte> addresses);
        int slash = addresses.IndexOf((byte)'/');
        return slash < 0
            ? throw new FormatException("The key of a pair names two addresses behind its chain id, as in '1/0x.../0x...'.")
            : new PairKey(chainId, KeyText.ReadAddress(addresses[..slash]), KeyText.ReadAddress(addresses[(slash + 1)..]));
    }

    private static void WriteSeen(SeenTransaction seen, IBufferWriter<byte> output)
    {
        Span<byte> span = output.GetSpan(SeenSize);
        span[0] = SeenVersion;
        BinaryPrimitives.WriteUInt128LittleEndian(span[1..], seen.Block.High);
        BinaryPrimitives.WriteUInt128LittleEndian(span[17..], seen.Block.Low);
        BinaryPrimitives.WriteInt64LittleEndian(span[33..], seen.TimestampMs);
        BinaryPrimitives.WriteDoubleLittleEndian(span[41..], seen.Score);
        BinaryPrimitives.WriteDoubleLittleEndian(span[49..], seen.Confidence);
        span[57] = (byte)seen.Severity;
        span[58] = (byte)((seen.IsAboutReceiver ? 1 : 0) | (seen.IsRemoved ? 2 : 0));
        output.Advance(SeenSize);
    }

    private static SeenTransaction ReadSeen(ReadOnlySpan<byte> data) => data.Length == SeenSize && data[0] == SeenVersion
        ? new SeenTransaction(
            new HashValue(BinaryPrimitives.ReadUInt128LittleEndian(data[1..]), BinaryPrimitives.ReadUInt128LittleEndian(data[17..])),
            BinaryPrimitives.ReadInt64LittleEndian(data[33..]),
            BinaryPrimitives.ReadDoubleLittleEndian(data[41..]),
            BinaryPrimitives.ReadDoubleLittleEndian(data[49..]),
            (AnomalySeverity)data[57],
            (data[58] & 1) != 0,
            (data[58] & 2) != 0)
        : throw new InvalidDataException($"What is kept of a transaction has {SeenSize} bytes and begins with version {SeenVersion}, not so these {data.Length}: rebuild the store from its input.");

    private sealed class Serde<T>(Action<T, IBufferWriter<byte>> write, Read<T> read) : ISerde<T>
    {
        public void Serialize(string topic, T value, IBufferWriter<byte> output) => write(value, output);

        public T Deserialize(string topic, ReadOnlySpan<byte> data) => read(data);
    }
}
