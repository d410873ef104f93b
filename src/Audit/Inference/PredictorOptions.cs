namespace Governance.Audit.Inference;

/// <summary>How a model is run.</summary>
public sealed record PredictorOptions
{
    /// <summary>"auto", "cpu" or "cuda".</summary>
    public string Provider { get; init; } = "auto";

    /// <summary>The most batches in flight in one call, at least 1. Results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// The most rows in one run of the session. Fixed and never tuned by load, because the last digits of a matrix
    /// product may depend on it; wide inputs lower it (see <see cref="OnnxPredictor"/>).
    /// </summary>
    public int BatchRows { get; init; } = 1024;

    /// <summary>
    /// The same on a device, where more rows at once are quicker and a run without room is repeated with half as many; evidence
    /// sets both alike.
    /// </summary>
    public int DeviceRows { get; init; } = 16_384;

    /// <summary>Whether a device's first rows are compared with the CPU's (<see cref="OnnxPredictor.Warnings"/> says how they differ).</summary>
    public bool Compared { get; init; } = true;

    /// <summary>
    /// Whether the rows of one run are measured on the first large batch instead, for serving: quicker on some models,
    /// but then the last digits may differ from those of another process. Never for evidence.
    /// </summary>
    public bool Tuned { get; init; }

    /// <summary>The longest that one run of the session may take; null for no limit of its own.</summary>
    public TimeSpan? RunLimit { get; init; }

    /// <summary>The clock of <see cref="Tuned"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
