using System.Security.Cryptography;
using AuditIntel.Contracts;
using AuditIntel.Intelligence.Findings;
using AuditIntel.Intelligence.Tests.Findings;
using AuditIntel.Intelligence.Transactions.Artefacts;
using AuditIntel.Topologies.Findings;

namespace AuditIntel.Topologies.Tests.Findings;

public sealed class FindingsModelRecordTests
{
    [Fact]
    public void Record_ShouldGiveTheModelBack_AndSayWhatItIs()
    {
        ModelArtifact record = SampleModel.One;
        Assert.Equal(("findings", "AUDITFND/1+gzip"), (record.Id, record.Format));
        Assert.StartsWith("20260102T000000Z-", record.Version);
        Assert.Equal(record.Sha256, HashOf(record.Artifact));
        FindingText text = SampleFindings.Grouped(1, 1)[0].Finding;
        Assert.Equal(FindingsModelRecord.Read(record).Predict(text).Severity, FindingsModelRecord.Read(record).Predict(text).Severity);
        Assert.Equal(record.TrainedRows, FindingsModelRecord.Read(record).Training.Findings);
    }

    [Fact]
    public void Record_ShouldBeRefused_WhenItsBytesAreOthers()
    {
        ModelArtifact record = SampleModel.One;
        byte[] damaged = [.. record.Artifact];
        damaged[100] ^= 1;
        Assert.Contains("SHA-256", Assert.Throws<ModelArtefactException>(() => FindingsModelRecord.Read(record with { Artifact = damaged })).Message);
        Assert.Throws<ModelArtefactException>(() => FindingsModelRecord.Read(record with { Artifact = damaged, Sha256 = HashOf(damaged) }));
        byte[] plain = [1, 2, 3];
        Assert.Contains("gzip", Assert.Throws<ModelArtefactException>(() => FindingsModelRecord.Read(record with { Artifact = plain, Sha256 = HashOf(plain) })).Message);
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
