using System.Buffers.Binary;

namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// The bytes of an <see cref="AccountState"/> for a store with changelog. Version 1, little-endian, <see cref="Size"/> bytes: version (1 byte); first
/// seen, last seen, last sent, last received (int64, s); profile of values sent, then received (count int32, mean float32, squared deviations
/// float32); ether sent, received (float64); last value received, sent (float32); round sent, round received, empty sent, empty received, errors,
/// calls sent, calls received, creations (int32); decayed records an hour, a day, a week, ether sent a day, received a day, received a week,
/// mean gas price, mean neighbour reach (float32); fan-out bitmap, fan-in bitmap (4 x uint64 each).
/// </summary>
public static class AccountStateCodec
{
    private const byte Version = 1;

    /// <summary>Bytes of a state.</summary>
    public const int Size = 1 + (4 * 8) + (2 * 12) + (2 * 8) + (2 * 4) + (8 * 4) + (8 * 4) + (2 * 32);

    /// <exception cref="ArgumentException">The destination is shorter than <see cref="Size"/>.</exception>
    public static void Write(AccountState state, Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException($"An account state takes {Size} bytes, the destination has {destination.Length}.", nameof(destination));
        }

        var to = new Writer(destination);
        to.Byte(Version);
        to.Int64(state.FirstSeen);
        to.Int64(state.LastSeen);
        to.Int64(state.LastOut);
        to.Int64(state.LastIn);
        to.Profile(state.Out);
        to.Profile(state.In);
        to.Double(state.OutEther);
        to.Double(state.InEther);
        to.Single(state.LastInValue);
        to.Single(state.LastOutValue);
        to.Int32(state.RoundOut);
        to.Int32(state.RoundIn);
        to.Int32(state.EmptyOut);
        to.Int32(state.EmptyIn);
        to.Int32(state.Errors);
        to.Int32(state.CallsOut);
        to.Int32(state.CallsIn);
        to.Int32(state.Creations);
        to.Single(state.CountHour);
        to.Single(state.CountDay);
        to.Single(state.CountWeek);
        to.Single(state.OutEtherDay);
        to.Single(state.InEtherDay);
        to.Single(state.InEtherWeek);
        to.Single(state.GasPriceMean);
        to.Single(state.NeighbourReach);
        to.Counter(state.FanOut);
        to.Counter(state.FanIn);
    }

    /// <exception cref="InvalidDataException">The bytes are no state of a version known here.</exception>
    public static AccountState Read(ReadOnlySpan<byte> source)
    {
        if (source.IsEmpty || source[0] != Version)
        {
            throw new InvalidDataException($"An account state begins with version {Version}, not {(source.IsEmpty ? "nothing" : source[0])}: rebuild the store from its input.");
        }

        if (source.Length != Size)
        {
            throw new InvalidDataException($"An account state has {Size} bytes, not {source.Length}: rebuild the store from its input.");
        }

        var from = new Reader(source[1..]);
        return new AccountState
        {
            FirstSeen = from.Int64(),
            LastSeen = from.Int64(),
            LastOut = from.Int64(),
            LastIn = from.Int64(),
            Out = from.Profile(),
            In = from.Profile(),
            OutEther = from.Double(),
            InEther = from.Double(),
            LastInValue = from.Single(),
            LastOutValue = from.Single(),
            RoundOut = from.Int32(),
            RoundIn = from.Int32(),
            EmptyOut = from.Int32(),
            EmptyIn = from.Int32(),
            Errors = from.Int32(),
            CallsOut = from.Int32(),
            CallsIn = from.Int32(),
            Creations = from.Int32(),
            CountHour = from.Single(),
            CountDay = from.Single(),
            CountWeek = from.Single(),
            OutEtherDay = from.Single(),
            InEtherDay = from.Single(),
            InEtherWeek = from.Single(),
            GasPriceMean = from.Single(),
            NeighbourReach = from.Single(),
            FanOut = from.Counter(),
            FanIn = from.Counter(),
        };
    }

    private ref struct Writer(Span<byte> rest)
    {
        private Span<byte> _rest = rest;

        public void Byte(byte value) => Next(1)[0] = value;

        public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(4), value);

        public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(8), value);

        public void Single(float value) => BinaryPrimitives.WriteSingleLittleEndian(Next(4), value);

        public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Next(8), value);

        public void Profile(in ValueProfile value)
        {
            Int32(value.Count);
            Single(value.Mean);
            Single(value.SquaredDeviations);
        }

        public void Counter(in LinearCounter value)
        {
            for (int i = 0; i < LinearCounter.Words; i++)
            {
                Int64((long)value[i]);
            }
        }

        private Span<byte> Next(int bytes)
        {
            Span<byte> next = _rest[..bytes];
            _rest = _rest[bytes..];
            return next;
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Next(4));

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Next(8));

        public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Next(4));

        public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Next(8));

        public ValueProfile Profile() => new() { Count = Int32(), Mean = Single(), SquaredDeviations = Single() };

        public LinearCounter Counter()
        {
            var counter = new LinearCounter();
            for (int i = 0; i < LinearCounter.Words; i++)
            {
                counter[i] = (ulong)Int64();
            }

            return counter;
        }

        private ReadOnlySpan<byte> Next(int bytes)
        {
            ReadOnlySpan<byte> next = _rest[..bytes];
            _rest = _rest[bytes..];
            return next;
        }
    }
}
