namespace Governance.Audit.Runs;

/// <summary>Where a run keeps the results of its finished parts, so that it can go on after its process died.</summary>
/// <remarks>A seam: the portal keeps them sealed beside the artefacts, the command line not at all, tests in memory.</remarks>
public interface IShardStore
{
    /// <summary>The result kept under a key; null where there is none, or none that can be trusted.</summary>
    byte[]? Find(string key);

    /// <summary>Keeps a result. Called from several threads.</summary>
    void Keep(string key, byte[] result);
}
