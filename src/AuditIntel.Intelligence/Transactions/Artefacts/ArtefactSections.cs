using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AuditIntel.Intelligence.Transactions.Boosting;
using AuditIntel.Intelligence.Transactions.Isolation;

namespace AuditIntel.Intelligence.Transactions.Artefacts;

/// <summary>Arrays of 32-bit fields, little-endian on every machine.</summary>
internal static class ArtefactSections
{
    public static void Write<T>(Stream to, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<int> words = MemoryMarshal.Cast<T, int>(values);
        if (BitConverter.IsLittleEndian)
        {
            to.Write(MemoryMarshal.AsBytes(words));
            return;
        }

        int[] swapped = words.ToArray();
        BinaryPrimitives.ReverseEndianness(swapped, swapped);
        to.Write(MemoryMarshal.AsBytes(swapped.AsSpan()));
    }

    public static T[] Read<T>(ref ReadOnlySpan<byte> from, int count)
        where T : unmanaged
    {
        int size = MemoryMarshal.AsBytes(new T[1].AsSpan()).Length;
        if (count < 0 || (long)count * size > from.Length)
        {
            throw new ModelArtefactException($"The model claims {count} x {size} bytes where {from.Length} are left: train it again.");
        }

        var values = new T[count];
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        from[..bytes.Length].CopyTo(bytes);
        from = from[bytes.Length..];
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<byte, int>(bytes);
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return values;
    }

    /// <summary>Refuses nodes that would lead a walk out of the arrays, or round in circles.</summary>
    public static void Check(
        ReadOnlySpan<byte> rest, ReadOnlySpan<ForestNode> forest, int signals, ReadOnlySpan<BoostedNode> boosted, ReadOnlySpan<int> roots, int features)
    {
        if (!rest.IsEmpty)
        {
            throw new ModelArtefactException($"The model has {rest.Length} bytes more than its header tells of: train it again.");
        }

        foreach (ForestNode node in forest)
        {
            if ((uint)node.Feature >= (uint)signals)
            {
                throw new ModelArtefactException($"A node of the forest cuts on signal {node.Feature} of {signals}: train it again.");
            }
        }

        for (int i = 0; i < boosted.Length; i++)
        {
            // Children stand behind their parents; a leaf is its own left child and never sends to the right.
            bool leaf = boosted[i].Left == i && float.IsPositiveInfinity(boosted[i].Threshold);
            bool inner = boosted[i].Left > i && boosted[i].Left < boosted.Length - 1;
            if ((uint)boosted[i].Feature >= (uint)features || !(leaf || inner))
            {
                throw new ModelArtefactException($"Node {i} of the boosted trees leads to {boosted[i].Left} by feature {boosted[i].Feature}: train it again.");
            }
        }

        foreach (int root in roots)
        {
            if ((uint)root >= (uint)boosted.Length)
            {
                throw new ModelArtefactException($"A boosted tree begins at node {root} of {boosted.Length}: train it again.");
            }
        }
    }
}
