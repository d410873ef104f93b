namespace Governance.Registry.Serving;

/// <summary>How a version is served. A governed choice: see <see cref="ServingChoice"/>.</summary>
public sealed record ServingSettings
{
    /// <summary>What counts where nobody chose.</summary>
    public static ServingSettings Default { get; } = new();

    /// <summary>The most rows of one run of the session, 1 to 1,024; 1 runs every row by itself.</summary>
    public int BatchRows { get; init; } = 64;

    /// <summary>
    /// The longest that a row waits for rows that are already admitted and on their way, in milliseconds, 0 to 1,000. A row that
    /// comes alone never waits.
    /// </summary>
    public int DelayMilliseconds { get; init; } = 2;

    /// <summary>The most rows admitted and not yet answered, 1 to 100,000; whoever comes then is asked to try again.</summary>
    public int QueueRows { get; init; } = 2_000;

    /// <summary>The longest run of the session, in milliseconds, 10 to 600,000; then it is terminated.</summary>
    public int LimitMilliseconds { get; init; } = 10_000;

    /// <summary>How long a computed answer is remembered, in seconds, 0 (not at all) to 604,800.</summary>
    public int CacheSeconds { get; init; } = 600;

    /// <summary>The most memory for remembered answers, in MiB, 0 to 4,096.</summary>
    public int CacheMegabytes { get; init; } = 16;

    /// <summary>Rows a minute that one principal is answered, 1 to 1,000,000: slows down programs that run wild.</summary>
    public int RowsPerMinute { get; init; } = 600;

    /// <summary>"auto", "cpu" or "cuda".</summary>
    public string Provider { get; init; } = "cpu";

    /// <summary>The longest run of the session.</summary>
    public TimeSpan Limit => TimeSpan.FromMilliseconds(LimitMilliseconds);

    /// <summary>What is wrong with these settings, as a sentence; null where nothing is.</summary>
    public string? Fault =>
        Outside(BatchRows, 1, 1_024) ? "A batch has 1 to 1,024 rows."
        : Outside(DelayMilliseconds, 0, 1_000) ? "A row waits 0 to 1,000 milliseconds for others."
        : Outside(QueueRows, 1, 100_000) ? "1 to 100,000 rows may wait."
        : Outside(LimitMilliseconds, 10, 600_000) ? "A run may take 10 to 600,000 milliseconds."
        : Outside(CacheSeconds, 0, 604_800) ? "Answers are remembered for 0 to 604,800 seconds."
        : Outside(CacheMegabytes, 0, 4_096) ? "Remembered answers take 0 to 4,096 MiB."
        : Outside(RowsPerMinute, 1, 1_000_000) ? "A principal is answered 1 to 1,000,000 rows a minute."
        : Provider is "auto" or "cpu" or "cuda" ? null : "The provider is auto, cpu or cuda.";

    private static bool Outside(int value, int least, int most) => value < least || value > most;
}
