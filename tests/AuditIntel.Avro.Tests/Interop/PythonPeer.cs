using System.Diagnostics;
using System.Text.Json.Nodes;

namespace AuditIntel.Avro.Tests.Interop;

/// <summary>Apache Avro for Python in a process of its own (Debian package python3-avro).</summary>
public sealed class PythonPeer : IDisposable
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly Process _process;
    private volatile string _lastError = "";

    public PythonPeer()
    {
        var start = new ProcessStartInfo(Interpreter, Path.Combine(AppContext.BaseDirectory, "Interop", "peer.py"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Interpreter} did not start.");

        // Read all the time: a full pipe would stop the process.
        _process.ErrorDataReceived += (_, line) => _lastError = line.Data ?? _lastError;
        _process.BeginErrorReadLine();
    }

    public (byte[]? Bytes, string? Error) Encode(string schema, JsonNode? datum)
    {
        JsonObject answer = Ask(new JsonObject { ["op"] = "encode", ["schema"] = schema, ["datum"] = datum?.DeepClone() });
        return answer["hex"] is { } hex ? (Convert.FromHexString((string)hex!), null) : (null, (string?)answer["error"]);
    }

    public (JsonNode? Datum, string? Error) Decode(string schema, ReadOnlySpan<byte> bytes, string? reader = null)
    {
        var request = new JsonObject { ["op"] = "decode", ["schema"] = schema, ["hex"] = Convert.ToHexStringLower(bytes) };
        if (reader is not null)
        {
            request["reader"] = reader;
        }

        JsonObject answer = Ask(request);
        return answer.ContainsKey("error") ? (null, (string?)answer["error"])
            : (int)answer["left"]! > 0 ? (null, "bytes were left over")
            : (answer["datum"], null);
    }

    public JsonObject Canonical(string schema) => Ask(new JsonObject { ["op"] = "canonical", ["schema"] = schema });

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Deadline))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private JsonObject Ask(JsonObject request)
    {
        lock (_turn)
        {
            _process.StandardInput.WriteLine(request.ToJsonString());
            _process.StandardInput.Flush();
            Task<string?> line = _process.StandardOutput.ReadLineAsync();
            if (!line.Wait(Deadline) || line.Result is null)
            {
                throw new InvalidOperationException(
                    $"{Interpreter} with the module avro is needed (apt-get install python3-avro): {_lastError}");
            }

            return (JsonObject)JsonNode.Parse(line.Result)!;
        }
    }
}
