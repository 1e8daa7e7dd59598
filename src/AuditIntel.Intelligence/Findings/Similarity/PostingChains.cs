namespace AuditIntel.Intelligence.Findings.Similarity;

/// <summary>
/// Which findings have a key, newest first: chains through a growing array, eight bytes a posting and less than three for its slot. A reader follows a chain as far
/// as it likes, so a key that everybody has costs no more than another; keys that share a slot are told apart by the key in the posting. Slots are added one
/// by one (linear hashing, Litwin 1980), so no single addition pays for the growth of the table.
/// </summary>
/// <param name="keys">Keys of a finding at most: where a posting lies says whose it is.</param>
/// <param name="reach">Postings of a chain that a reader looks at, at most.</param>
internal sealed class PostingChains(int keys, int reach)
{
    private const double MostLoad = 1.5;
    private const int None = -1;

    private readonly GrowingArray<int> _heads = NewHeads();
    private readonly GrowingArray<Posting> _postings = new();
    private int _slots = 1;
    private int _round = 1;
    private int _linked;

    public long Bytes => _heads.Bytes + _postings.Bytes;

    /// <param name="finding">Its number, from 0 on, above all before it.</param>
    /// <param name="its">Its keys, each once.</param>
    public void Add(int finding, List<(uint Key, float Weight)> its)
    {
        int at = finding * keys;
        _postings.Reach(at + keys);
        foreach ((uint key, _) in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(its))
        {
            while (_linked >= _slots * MostLoad)
            {
                Split();
            }

            ref int head = ref _heads[SlotOf(key)];
            _postings[at] = new Posting(key, head);
            head = at++;
            _linked++;
        }
    }

    /// <summary>The newest findings with a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="found">Filled from its beginning.</param>
    /// <returns>How many were found.</returns>
    public int Newest(uint key, Span<int> found)
    {
        int count = 0;
        int steps = reach;
        for (int at = _heads[SlotOf(key)]; at != None && steps-- > 0 && count < found.Length;)
        {
            Posting posting = _postings[at];
            if (posting.Key == key)
            {
                found[count++] = at / keys;
            }

            at = posting.Next;
        }

        return count;
    }

    private static GrowingArray<int> NewHeads()
    {
        var heads = new GrowingArray<int>();
        heads[0] = None;
        return heads;
    }

    private int SlotOf(uint key)
    {
        int slot = (int)(key & (uint)((_round * 2) - 1));
        return slot < _slots ? slot : slot & (_round - 1);
    }

    // Readers of a long chain came no further than their reach: twice that is divided between the halves, the rest is let go.
    private void Split()
    {
        int from = _slots - _round;
        int to = _slots++;
        _heads.Reach(_slots);
        int at = _heads[from];
        Span<int> slots = [from, to];
        Span<int> last = [None, None];
        (_heads[from], _heads[to]) = (None, None);
        for (int steps = reach * 2; at != None && steps > 0; steps--)
        {
            ref Posting posting = ref _postings[at];
            int half = (posting.Key & (uint)_round) == 0 ? 0 : 1;
            if (last[half] == None)
            {
                _heads[slots[half]] = at;
            }
            else
            {
                _postings[last[half]].Next = at;
            }

            last[half] = at;
            at = posting.Next;
            posting.Next = None;
        }

        if (_slots == _round * 2)
        {
            _round *= 2;
        }
    }

    private struct Posting(uint key, int next)
    {
        public readonly uint Key = key;
        public int Next = next;
    }
}
