namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>Numbers by the hash of what they stand for, eight bytes a slot, open addressing with linear probing; who asks tells equal hashes apart.</summary>
internal sealed class HashedNumbers
{
    private const int FirstSlots = 16;
    private const long Empty = -1;

    private long[] _slots = NewSlots(FirstSlots);
    private int _count;

    public long Bytes => _slots.LongLength * sizeof(long);

    /// <param name="hash">Hash.</param>
    /// <param name="number">Not below 0.</param>
    public void Add(uint hash, int number)
    {
        if (++_count > _slots.Length / 4 * 3)
        {
            long[] old = _slots;
            _slots = NewSlots(old.Length * 2);
            foreach (long slot in old)
            {
                if (slot != Empty)
                {
                    Put(slot);
                }
            }
        }

        Put(((long)number << 32) | hash);
    }

    /// <summary>The next number with a hash, -1 when there are no more.</summary>
    /// <param name="hash">Hash.</param>
    /// <param name="slot">-1 to begin with, then as it was left.</param>
    public int Next(uint hash, ref int slot)
    {
        int mask = _slots.Length - 1;
        slot = slot < 0 ? (int)(hash & (uint)mask) : (slot + 1) & mask;
        for (; _slots[slot] != Empty; slot = (slot + 1) & mask)
        {
            if ((uint)_slots[slot] == hash)
            {
                return (int)(_slots[slot] >> 32);
            }
        }

        return -1;
    }

    private static long[] NewSlots(int count)
    {
        long[] slots = new long[count];
        Array.Fill(slots, Empty);
        return slots;
    }

    private void Put(long entry)
    {
        int mask = _slots.Length - 1;
        int at = (int)((uint)entry & (uint)mask);
        while (_slots[at] != Empty)
        {
            at = (at + 1) & mask;
        }

        _slots[at] = entry;
    }
}
