using System.Text;
using AuditIntel.DevStack.Registry.Schemas;
using AuditIntel.DevStack.Registry.Storage;
using AuditIntel.DevStack.Tests.Broker;
using static AuditIntel.DevStack.Tests.Registry.TestRegistry;

namespace AuditIntel.DevStack.Tests.Registry;

/// <summary>
/// What is written to the topic, byte for byte. The expected records were put together by hand from the documentation's examples and the field order of
/// Confluent's classes; the hashes come from Python's hashlib, but for the one that Confluent's own tests pin.
/// </summary>
public sealed class RecordLayoutTests
{
    [Fact]
    public async Task EveryOperation_ShouldWriteConfluentsRecords()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using TestRegistry registry = await TestRegistry.StartAsync(broker.Servers);
        await registry.RegisterAsync("address-value", """{ "type": "record", "namespace": "chain", "name": "Address", "fields": [] }""");
        await registry.RegisterAsync(
            "transfer-value",
            """{"type":"record","name":"Transfer","namespace":"chain","fields":[{"name":"to","type":"Address"}]}""",
            References("chain.Address", "address-value", 1));
        (await registry.PutAsync("config", """{"compatibility":"FULL"}""")).Good();
        (await registry.PutAsync("config/s", """{"compatibility":"NONE","normalize":true}""")).Good();
        (await registry.DeleteAsync("config/s")).Good();
        (await registry.PutAsync("mode", """{"mode":"READWRITE"}""")).Good();
        (await registry.PutAsync("mode/s", """{"mode":"IMPORT"}""")).Good();
        (await registry.DeleteAsync("mode/s")).Good();
        (await registry.DeleteAsync("subjects/transfer-value")).Good();
        (await registry.DeleteAsync("subjects/transfer-value?permanent=true")).Good();
        (await registry.DeleteAsync("subjects/address-value/versions/1")).Good();

        Assert.Equal(
            """
            {"keytype":"SCHEMA","subject":"address-value","version":1,"magic":1} {"subject":"address-value","version":1,"id":1,"md5":"f7/MyymnbsmHG1lKhBkdcQ==","schema":"{\"type\":\"record\",\"name\":\"Address\",\"namespace\":\"chain\",\"fields\":[]}","deleted":false}
            {"keytype":"SCHEMA","subject":"transfer-value","version":1,"magic":1} {"subject":"transfer-value","version":1,"id":2,"md5":"8xC/EW9QG8A3rb9ANkH53A==","references":[{"name":"chain.Address","subject":"address-value","version":1}],"schema":"{\"type\":\"record\",\"name\":\"Transfer\",\"namespace\":\"chain\",\"fields\":[{\"name\":\"to\",\"type\":\"Address\"}]}","deleted":false}
            {"keytype":"CONFIG","magic":0} {"compatibilityLevel":"FULL"}
            {"keytype":"CONFIG","subject":"s","magic":0} {"subject":"s","normalize":true,"compatibilityLevel":"NONE"}
            {"keytype":"CONFIG","subject":"s","magic":0} null
            {"keytype":"MODE","magic":0} {"mode":"READWRITE"}
            {"keytype":"CLEAR_SUBJECT","subject":"s","magic":0} {"subject":"s"}
            {"keytype":"MODE","subject":"s","magic":0} {"subject":"s","mode":"IMPORT"}
            {"keytype":"MODE","subject":"s","magic":0} null
            {"keytype":"DELETE_SUBJECT","subject":"transfer-value","magic":0} {"subject":"transfer-value","version":1}
            {"keytype":"SCHEMA","subject":"transfer-value","version":1,"magic":1} null
            {"keytype":"SCHEMA","subject":"address-value","version":1,"magic":1} {"subject":"address-value","version":1,"id":1,"md5":"f7/MyymnbsmHG1lKhBkdcQ==","schema":"{\"type\":\"record\",\"name\":\"Address\",\"namespace\":\"chain\",\"fields\":[]}","deleted":true}
            """.Split(Environment.NewLine),
            SchemasTopic.Records(broker.Servers));
    }

    [Fact]
    public void Md5_ShouldBeTheOneThatConfluentsTestsPin()
    {
        var content = new SchemaContent { Text = """{"type":"record","name":"myrecord","fields":[{"type":"string","default":null,"name":"f"}]}""" };
        Assert.Equal("HSDLueXjXpdU59oXC25d2w==", content.Md5());
    }

    [Theory]
    [InlineData("""{"keytype":"SCHEMA","subject":"Kafka-key","version":1,"magic":1}""", "Schema Kafka-key 1")]
    [InlineData("""{"subject":"test","version":3,"magic":0,"keytype":"SCHEMA"}""", "Schema test 3")]
    [InlineData("""{"keytype":"CONFIG","subject":null,"magic":0}""", "Config  0")]
    [InlineData("""{"keytype":"CONFIG","magic":0}""", "Config  0")]
    [InlineData("""{"keytype":"MODE","subject":"a","magic":0}""", "Mode a 0")]
    [InlineData("""{"keytype":"DELETE_SUBJECT","subject":"a","magic":0}""", "DeleteSubject a 0")]
    [InlineData("""{"keytype":"CLEAR_SUBJECT","subject":"a","magic":0}""", "ClearSubject a 0")]
    [InlineData("""{"keytype":"NOOP","magic":0}""", "Noop  0")]
    [InlineData("""{"keytype":"CONTEXT","tenant":"default","context":"c","magic":0}""", "Other  0")]
    public void Key_ShouldBeRead_AsRegistriesOfEveryAgeWriteIt(string json, string expected)
    {
        RecordKey key = RecordKey.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Equal(expected, $"{key.Kind} {key.Subject} {key.Version}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"keytype":7}""")]
    [InlineData("""{"keytype":"SCHEMA","magic":1}""")]
    [InlineData("""{"keytype":"SCHEMA","subject":"a","magic":1}""")]
    [InlineData("""{"keytype":"SCHEMA","subject":"a","version":"b","magic":1}""")]
    [InlineData("""{"keytype":"SCHEMA","subject":"a","version":1,"magic":2}""")]
    public void Key_ShouldBeRefused_WhenItIsOfAnotherLayout(string json) =>
        Assert.Throws<FormatException>(() => RecordKey.Parse(Encoding.UTF8.GetBytes(json)));
}
