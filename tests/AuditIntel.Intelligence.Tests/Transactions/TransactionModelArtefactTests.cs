using System.Security.Cryptography;
using System.Text;
using AuditIntel.Intelligence.Transactions.Artefacts;
using AuditIntel.Intelligence.Transactions.Ensemble;
using AuditIntel.Intelligence.Transactions.Training;

namespace AuditIntel.Intelligence.Tests.Transactions;

public sealed class TransactionModelArtefactTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private readonly byte[] _artefact = TransactionModelArtefact.Write(trained.Model);

    [Fact]
    public void Model_ShouldScoreTheSame_AfterItsBytes()
    {
        TransactionModel again = TransactionModelArtefact.Read(_artefact);
        Assert.Equal(trained.Model.Training, again.Training);
        for (int row = 0; row < 500; row++)
        {
            Assert.Equal(trained.Model.Score(trained.Rows.Row(row)), again.Score(trained.Rows.Row(row)));
        }

        Assert.Equal(_artefact, TransactionModelArtefact.Write(again));
    }

    [Fact]
    public void Artefact_ShouldBeTheSameByteForByte_WhenTrainedAgain() =>
        Assert.Equal(_artefact, TransactionModelArtefact.Write(TransactionModelTrainer.Train(trained.Rows, TrainedModel.Options)));

    [Fact]
    public void Artefact_ShouldBeNamedByItsHash() =>
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_artefact.AsSpan(0, _artefact.Length - 32))), TransactionModelArtefact.IdOf(_artefact));

    [Fact]
    public void Artefact_ShouldFitIntoAMessage() => Assert.InRange(_artefact.Length, 1, 1_000_000);

    [Fact]
    public void Artefact_ShouldBeRefused_WhereverItIsDamaged()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. _artefact];
            damaged[i < 20 ? i : random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<ModelArtefactException>(() => TransactionModelArtefact.Read(damaged));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(45)]
    [InlineData(1000)]
    public void Artefact_ShouldBeRefused_WhenItIsCutOff(int length) =>
        Assert.Throws<ModelArtefactException>(() => TransactionModelArtefact.Read(_artefact.AsSpan(0, length)));

    // The hash is right in these: whoever made them, a walk must not leave its arrays.
    [Fact]
    public void Artefact_ShouldBeRefused_WhenItIsWellSignedButLeadsAstray()
    {
        var random = new Random(2);
        int header = BitConverter.ToInt32(_artefact, 10);
        int refused = 0;
        for (int i = 0; i < 100; i++)
        {
            byte[] forged = [.. _artefact];
            int at = 14 + header + random.Next((forged.Length - 32 - 14 - header) / 4) * 4;
            BitConverter.TryWriteBytes(forged.AsSpan(at), random.Next());
            Sign(forged);
            try
            {
                TransactionModelArtefact.Read(forged).Score(trained.Rows.Row(0));
            }
            catch (ModelArtefactException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 20, 100);
    }

    [Fact]
    public void Artefact_ShouldBeRefused_WhenItIsOfOtherFeatures()
    {
        byte[] forged = [.. _artefact];
        int at = forged.AsSpan().IndexOf(Encoding.UTF8.GetBytes("\"featureSchema\":\"")) + 17;
        forged[at] = (byte)(forged[at] == '0' ? '1' : '0');
        Sign(forged);
        Assert.Contains("feature schema", Assert.Throws<ModelArtefactException>(() => TransactionModelArtefact.Read(forged)).Message);
    }

    [Fact]
    public async Task Stream_ShouldBeReadToItsEnd()
    {
        using var stream = new MemoryStream(_artefact);
        TransactionModel model = await TransactionModelArtefact.ReadAsync(stream, CancellationToken.None);
        Assert.Equal(trained.Model.Weights, model.Weights);
    }

    private static void Sign(byte[] forged) => SHA256.HashData(forged.AsSpan(0, forged.Length - 32)).CopyTo(forged.AsSpan(forged.Length - 32));
}
