using System.Text.Json;

namespace Governance.Audit.Runs;

/// <summary>Runs the parts of an audit, each once: what was finished before is read back. Safe for several threads.</summary>
/// <remarks>Doubles come back from JSON to the last bit, so that a run that went on gives the bytes of one that never stopped.</remarks>
internal sealed class AuditShards(IShardStore? store)
{
    private int computed;
    private int reused;

    /// <summary>Parts computed here.</summary>
    public int Computed => computed;

    /// <summary>Parts read back.</summary>
    public int Reused => reused;

    /// <summary>Runs a part, or reads it back.</summary>
    /// <param name="key">What it is; with it goes the software, whose next version might compute it otherwise.</param>
    /// <param name="compute">Computes it.</param>
    public T Run<T>(string key, Func<T> compute)
    {
        string full = $"{Engine.Name} {Engine.OnnxRuntime} {key}";
        if (store?.Find(full) is byte[] kept)
        {
            Interlocked.Increment(ref reused);
            return JsonSerializer.Deserialize<T>(kept, ReportJson.Options)!;
        }

        T result = compute();
        store?.Keep(full, JsonSerializer.SerializeToUtf8Bytes(result, ReportJson.Options));
        Interlocked.Increment(ref computed);
        return result;
    }
}
