using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Findings.Similarity;
using AuditIntel.Intelligence.Taxonomy;
using FsCheck;
using FsCheck.Fluent;

namespace AuditIntel.Intelligence.Tests.Findings;

/// <summary>What is kept of every finding for ever.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void Archive_ShouldGiveBackEverySketch_ByNumberAndById()
    {
        var sketcher = new FindingSketcher(new RuleClassifier());
        var archive = new SketchArchive();
        List<FindingSketch> sketches = [.. SampleFindings.Grouped(6, 4).Select(each => sketcher.Sketch(each.Finding))];
        sketches.Add(sketcher.Sketch(SampleFindings.Finding("an id that is not ASCII: é", "", "", "c", "p")));
        sketches.ForEach(archive.Add);
        Assert.Equal(sketches.Count, archive.Count);
        for (int i = 0; i < sketches.Count; i++)
        {
            FindingSketch kept = archive[i];
            for (int view = 0; view < WeightedSketch.Views; view++)
            {
                Assert.True(IsSame(WeightedSketch.TermsOf(sketches[i], (TermView)view), WeightedSketch.TermsOf(kept, (TermView)view)), $"{(TermView)view}");
            }

            Assert.Equal(sketches[i].References, kept.References);
            Assert.Equal(sketches[i].Types, kept.Types);
            Assert.Equal((sketches[i].Author, sketches[i].Severity, sketches[i].Length), (kept.Author, kept.Severity, kept.Length));
            Assert.Equal(i, archive.NumberOf(sketches[i].Id));
            Assert.Equal((sketches[i].Id, sketches[i].Contest, sketches[i].Platform, sketches[i].Document), (archive.IdOf(i), archive.ContestOf(i), archive.PlatformOf(i), archive.DocumentOf(i)));
            Assert.Equal(sketches[i].Words.Terms.ToArray(), archive.WordsOf(i).Terms.ToArray());
        }

        Assert.Equal(-1, archive.NumberOf("nobody"));
    }

    [Fact]
    public void Lists_ShouldBeTheSame_AfterTheirBytes()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            TermCounts words = Terms(random, 300);
            TermCounts beside = TermCounts.Of([.. words.Terms.ToArray().Where(_ => random.Next(3) > 0), .. Terms(random, 20).Terms], 400);
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            TermCountsCodec.Write(words, bytes);
            TermCountsCodec.WriteBeside(beside, words, bytes);
            ReadOnlySpan<byte> from = bytes.WrittenSpan;
            return IsSame(words, TermCountsCodec.Read(ref from)) && IsSame(beside, TermCountsCodec.ReadBeside(words, ref from)) && from.IsEmpty;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Postings_ShouldBeTheNewestOfTheirKey_HoweverTheTableHasGrown()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var chains = new PostingChains(4, 10_000);
            var plain = new Dictionary<uint, List<int>>();
            for (int finding = 0; finding < 400; finding++)
            {
                uint[] keys = [.. Enumerable.Range(0, random.Next(5)).Select(_ => (uint)random.Next(60) * 0x9E3779B1).Distinct()];
                chains.Add(finding, [.. keys.Select(key => (key, 1f))]);
                foreach (uint key in keys)
                {
                    (plain.TryGetValue(key, out List<int>? of) ? of : plain[key] = []).Insert(0, finding);
                }
            }

            int[] found = new int[5];
            return plain.All(pair => found[..chains.Newest(pair.Key, found)].SequenceEqual(pair.Value.Take(5)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Postings_ShouldStillLeadToTheNewest_WhenNearlyAllFindingsHaveAKey()
    {
        var chains = new PostingChains(2, 8);
        for (int finding = 0; finding < 5_000; finding++)
        {
            chains.Add(finding, [(7, 1f), ((uint)finding * 0x9E3779B1, 1f)]);
        }

        int[] found = new int[4];
        Assert.Equal(4, chains.Newest(7, found));
        Assert.Equal([4_999, 4_998, 4_997, 4_996], found);
    }

    private static TermCounts Terms(Random random, int most)
    {
        List<uint> terms = [.. Enumerable.Range(0, random.Next(most)).Select(_ => (uint)random.Next(400) * 10_000_019)];
        return TermCounts.Of(terms, most);
    }

    private static bool IsSame(TermCounts one, TermCounts other) => one.Terms.SequenceEqual(other.Terms) && one.Counts.SequenceEqual(other.Counts);
}
