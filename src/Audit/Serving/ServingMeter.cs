using System.Diagnostics.Metrics;

namespace Governance.Audit.Serving;

/// <summary>What one version's serving measured since the process began. Safe from several threads.</summary>
public sealed class ServingMeter
{
    /// <summary>The stages, in order.</summary>
    public static readonly IReadOnlyList<ServingStage> Stages = Enum.GetValues<ServingStage>();

    private readonly LatencyHistogram[] stages = [.. Stages.Select(_ => new LatencyHistogram())];
    private readonly ServingInstruments instruments;
    private readonly KeyValuePair<string, object?>[] tags;
    private readonly KeyValuePair<string, object?>[][] stageTags;
    private readonly RateWindow rows;
    private readonly TimeProvider clock;
    private long requests;
    private long refused;
    private long hits;
    private long misses;
    private long faults;
    private long shadows;
    private long loads;
    private long evictions;

    internal ServingMeter(string model, int version, ServingInstruments instruments, TimeProvider clock)
    {
        Model = model;
        Version = version;
        this.instruments = instruments;
        this.clock = clock;
        rows = new RateWindow(clock);
        Recent = new RecentLatency(clock);
        tags = [new("model", model), new("version", version)];
        stageTags = [.. Stages.Select(stage => (KeyValuePair<string, object?>[])[.. tags, new("stage", stage.ToString().ToLowerInvariant())])];
    }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The version's number.</summary>
    public int Version { get; }

    /// <summary>Whole answers, from the request's coming to its release.</summary>
    public LatencyHistogram Total { get; } = new();

    /// <summary>Whole answers of which every row was remembered.</summary>
    public LatencyHistogram Remembered { get; } = new();

    /// <summary>Whole answers of the last five minutes.</summary>
    public RecentLatency Recent { get; }

    /// <summary>Rows of a run of the session; those that only fill it up not counted.</summary>
    public LatencyHistogram Batches { get; } = new();

    /// <summary>Rows answered a second, over the last minute.</summary>
    public double RowsPerSecond => rows.PerSecond;

    /// <summary>Requests answered.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>Requests refused because too many rows waited, or the portal was about to end.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Rows whose answer was remembered.</summary>
    public long Hits => Interlocked.Read(ref hits);

    /// <summary>Rows that were computed.</summary>
    public long Misses => Interlocked.Read(ref misses);

    /// <summary>Rows that the model refused or ran too long on.</summary>
    public long Faults => Interlocked.Read(ref faults);

    /// <summary>Copies of rows that were computed as a shadow.</summary>
    public long Shadows => Interlocked.Read(ref shadows);

    /// <summary>How often the version was loaded.</summary>
    public long Loads => Interlocked.Read(ref loads);

    /// <summary>How often it made room for another.</summary>
    public long Evictions => Interlocked.Read(ref evictions);

    /// <summary>How long the last load took, warm-up and proof of batches included; null before the first.</summary>
    public TimeSpan? LoadTime { get; private set; }

    /// <summary>What the loaded version takes, in bytes: how far the process grew, at least the file; null while it is not loaded.</summary>
    public long? Memory { get; private set; }

    /// <summary>Where it runs, such as "cpu"; null before the first load.</summary>
    public string? Provider { get; private set; }

    /// <summary>Which batches leave its bytes as they are; null before the first load.</summary>
    public BatchForm? Form { get; private set; }

    /// <summary>The time spent in a stage, one entry an answer; of <see cref="ServingStage.Queue"/> and <see cref="ServingStage.Run"/> one a row.</summary>
    public LatencyHistogram TimesOf(ServingStage stage) => stages[(int)stage];

    internal void Note(ServingStage stage, TimeSpan time)
    {
        stages[(int)stage].Add(time);
        instruments.Stage.Record(time.TotalSeconds, stageTags[(int)stage]);
    }

    internal void NoteAnswer(TimeSpan time, int many, bool remembered)
    {
        Total.Add(time);
        Recent.Add(time);
        if (remembered)
        {
            Remembered.Add(time);
        }

        Interlocked.Increment(ref requests);
        rows.Add(many);
        instruments.Duration.Record(time.TotalSeconds, tags);
        instruments.Rows.Add(many, tags);
    }

    internal void NoteCache(int hit, int computed)
    {
        Interlocked.Add(ref hits, hit);
        Interlocked.Add(ref misses, computed);
        instruments.Hits.Add(hit, tags);
        instruments.Misses.Add(computed, tags);
    }

    internal void NoteBatch(int many)
    {
        Batches.Add(many);
        instruments.BatchRows.Record(many, tags);
    }

    internal void NoteRefused()
    {
        Interlocked.Increment(ref refused);
        instruments.Refused.Add(1, tags);
    }

    internal void NoteFault()
    {
        Interlocked.Increment(ref faults);
        instruments.Faults.Add(1, tags);
    }

    internal void NoteShadow() => Interlocked.Increment(ref shadows);

    internal void NoteLoaded(long started, long memory, string provider, BatchForm form)
    {
        Interlocked.Increment(ref loads);
        LoadTime = clock.GetElapsedTime(started);
        Memory = memory;
        Provider = provider;
        Form = form;
        instruments.LoadTime.Record(LoadTime.Value.TotalSeconds, tags);
    }

    internal void NoteUnloaded(bool evicted)
    {
        Memory = null;
        Interlocked.Add(ref evictions, evicted ? 1 : 0);
    }

    internal Measurement<long>? MemoryMeasurement => Memory is long bytes ? new Measurement<long>(bytes, tags) : null;
}
