namespace Governance.Audit.Quarantine;

/// <summary>How models are tried out in a process of their own.</summary>
public sealed record QuarantineOptions
{
    private const double BytesASecond = 16 << 20;

    /// <summary>The program to start and its arguments; it must call <see cref="QuarantineChild.RunAsync"/> on its standard streams.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>How large and deep a model may be.</summary>
    public ModelLimits Limits { get; init; } = ModelLimits.Default;

    /// <summary>
    /// The longest that a small model may take in all; a second more for each 16 MiB of the file. Up to three times as
    /// long where the machine is so busy that the child had no quarter of that time to run in.
    /// </summary>
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(18);

    /// <summary>The most processor time for a small model; a second more for each 16 MiB of the file.</summary>
    public TimeSpan Processor { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The most memory for data beside the file, in bytes: 1 GiB; six times the file's size is added.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>The most child processes at a time.</summary>
    public int SideBySide { get; init; } = 2;

    /// <summary>What one model gets.</summary>
    /// <param name="fileBytes">Its size.</param>
    internal QuarantineAllowance For(long fileBytes)
    {
        TimeSpan more = TimeSpan.FromSeconds(fileBytes / BytesASecond);
        return new QuarantineAllowance
        {
            WallSeconds = (Wall + more).TotalSeconds,
            ProcessorSeconds = (int)Math.Ceiling((Processor + more).TotalSeconds),
            MemoryBytes = MemoryBytes + (6 * fileBytes),
            ManagedBytes = (MemoryBytes / 4) + (4 * fileBytes),
        };
    }
}

/// <summary>The limits of one child process, as they are sent to it.</summary>
internal sealed record QuarantineAllowance
{
    /// <summary>After this the parent kills.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>After this the kernel kills.</summary>
    public required int ProcessorSeconds { get; init; }

    /// <summary>All data of the process, native and managed.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The heap of the managed code among it.</summary>
    public required long ManagedBytes { get; init; }

    /// <summary>After this processor time the child gives up by itself, so that it can still say so.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TimeSpan Patience => TimeSpan.FromSeconds(ProcessorSeconds * 0.8);
}
