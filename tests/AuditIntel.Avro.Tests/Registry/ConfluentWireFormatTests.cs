using System.Buffers;
using System.Net;
using System.Text.Json;

namespace AuditIntel.Avro.Tests.Registry;

public sealed class ConfluentWireFormatTests : IDisposable
{
    private const string Older = """{"type":"record","name":"Reading","fields":[{"name":"gone","type":"string"},{"name":"number","type":"int"}]}""";

    private readonly StubRegistry _registry = new();
    private readonly ImpatientClock _clock = new();

    public void Dispose() => _registry.Dispose();

    [Fact]
    public async Task Value_ShouldBeFramed_AndReadBack()
    {
        using SchemaRegistryClient client = _registry.Then("""{"id":258}""").Then(Answer(Reading.AvroSchema.ToString())).Client();
        ConfluentAvroSerializer<Reading> serializer = await ConfluentAvroSerializer<Reading>.CreateAsync(client, "t-value");
        var output = new ArrayBufferWriter<byte>();
        var value = new Reading { Number = -3, Name = "x" };
        serializer.Serialize(value, output);
        Assert.Equal("00000001020502" + "78", Convert.ToHexString(output.WrittenSpan));
        Assert.Equal(value, new ConfluentAvroDeserializer<Reading>(client).Deserialize(output.WrittenSpan));
    }

    [Fact]
    public void Value_ShouldBeResolved_WhenAnotherSchemaWroteIt()
    {
        using SchemaRegistryClient client = _registry.Then(Answer(Older)).Client();
        var deserializer = new ConfluentAvroDeserializer<Reading>(client);
        byte[] value = Convert.FromHexString("0000000001" + "0461620e");
        Assert.Equal(new Reading { Number = 7 }, deserializer.Deserialize(value));
        Assert.Equal(new Reading { Number = 7 }, deserializer.Deserialize(value));
        Assert.Single(_registry.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000001")]
    [InlineData("010000000102")]
    [InlineData("7b7d202020")]
    public void Value_ShouldBeRefused_WhenItIsNotFramed(string hex)
    {
        using SchemaRegistryClient client = _registry.Client();
        Assert.Throws<WireFormatException>(() => new ConfluentAvroDeserializer<Reading>(client).Deserialize(Convert.FromHexString(hex)));
        Assert.Empty(_registry.Requests);
    }

    [Theory]
    [InlineData("000000000106", 6)] // ends before the name
    [InlineData("00000000010602", 6)] // a name of one byte, which is not there
    [InlineData("0000000001060278ff", 8)] // one byte too many
    public void BrokenValue_ShouldNameThePositionInTheWholeValue(string hex, int position)
    {
        using SchemaRegistryClient client = _registry.Then(Answer(Reading.AvroSchema.ToString())).Client();
        AvroDataException refusal = Assert.Throws<AvroDataException>(() => new ConfluentAvroDeserializer<Reading>(client).Deserialize(Convert.FromHexString(hex)));
        Assert.Equal(position, refusal.Position);
    }

    [Fact]
    public void UnknownId_ShouldBeAskedForAgain_OnlyAfterAWhile()
    {
        const string notFound = """{"error_code":40403,"message":"Schema not found"}""";
        _registry.Then(HttpStatusCode.NotFound, notFound).Then(Answer(Reading.AvroSchema.ToString()));
        using SchemaRegistryClient client = _registry.Client(clock: _clock);
        var deserializer = new ConfluentAvroDeserializer<Reading>(client, _clock);
        byte[] value = Convert.FromHexString("000000000906" + "00");
        Assert.Equal(9, Assert.Throws<UnknownSchemaException>(() => deserializer.Deserialize(value)).Id);
        Assert.Equal(9, Assert.Throws<UnknownSchemaException>(() => deserializer.Deserialize(value)).Id);
        Assert.Single(_registry.Requests);
        _clock.Advance(ConfluentAvroDeserializer<Reading>.RetryUnknownAfter);
        Assert.Equal(3, deserializer.Deserialize(value).Number);
    }

    [Fact]
    public void SchemaThatDoesNotResolve_ShouldSayWhy_WithoutAskingTwice()
    {
        using SchemaRegistryClient client = _registry.Then(Answer("""{"type":"record","name":"Reading","fields":[]}""")).Client();
        var deserializer = new ConfluentAvroDeserializer<Reading>(client);
        for (int i = 0; i < 2; i++)
        {
            Assert.Contains("'number'", Assert.Throws<AvroException>(() => deserializer.Deserialize(new byte[] { 0, 0, 0, 0, 1 })).Message);
        }

        Assert.Single(_registry.Requests);
    }

    [Fact]
    public void Outage_ShouldNotBeRemembered()
    {
        using SchemaRegistryClient client = _registry.Client(clock: _clock);
        var deserializer = new ConfluentAvroDeserializer<Reading>(client, _clock);
        byte[] value = Convert.FromHexString("00000000010600");
        Assert.Throws<SchemaRegistryException>(() => deserializer.Deserialize(value));
        _registry.Then(Answer(Reading.AvroSchema.ToString()));
        Assert.Equal(3, deserializer.Deserialize(value).Number);
    }

    private static string Answer(string schema) => JsonSerializer.Serialize(new { schema });
}
