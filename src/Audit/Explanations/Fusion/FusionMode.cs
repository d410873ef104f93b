namespace Governance.Audit.Explanations.Fusion;

/// <summary>Whether coalitions are turned into masked rows inside the model's own session.</summary>
public enum FusionMode
{
    /// <summary>On a device where the graph allows it; never on the CPU, where masked rows have no way to go.</summary>
    Auto,

    /// <summary>Wherever the graph allows it.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}
