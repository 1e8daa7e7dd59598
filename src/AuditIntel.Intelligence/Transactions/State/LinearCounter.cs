using System.Numerics;
using System.Runtime.CompilerServices;

namespace AuditIntel.Intelligence.Transactions.State;

/// <summary>
/// Distinct counterparties in 32 bytes: linear counting (Whang, Vander-Zanden, Taylor 1990) with 256 bits. The error is about 5 % at 100 and 7 % at
/// 500 distinct addresses; beyond <see cref="Limit"/> it only says "very many".
/// </summary>
[InlineArray(Words)]
internal struct LinearCounter
{
    public const int Words = 4;
    private const int Bits = Words * 64;

    private ulong _word;

    /// <summary>The estimate when all bits but one are set, and the most that is ever told.</summary>
    public static readonly double Limit = Bits * Math.Log(Bits);

    /// <summary>Sets the address's bit.</summary>
    /// <returns>Whether the bit was clear, which proves that the address is new; a set bit proves nothing.</returns>
    public bool Add(AccountAddress address)
    {
        uint bit = (uint)(address.StableHash >> 56);
        ref ulong word = ref this[(int)(bit >> 6)];
        ulong mask = 1UL << (int)(bit & 63);
        bool clear = (word & mask) == 0;
        word |= mask;
        return clear;
    }

    public readonly double Estimate()
    {
        int set = 0;
        for (int i = 0; i < Words; i++)
        {
            set += BitOperations.PopCount(this[i]);
        }

        return set >= Bits - 1 ? Limit : -Bits * Math.Log(1 - ((double)set / Bits));
    }
}
