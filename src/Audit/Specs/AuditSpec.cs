using Governance.Audit.Runs;

namespace Governance.Audit.Specs;

/// <summary>What a spec asks for: which models, on which data, measured how, against which limits.</summary>
/// <remarks>The YAML form is <c>governance: audit/1</c>; <see cref="ReadSpec"/> reads it, <see cref="WriteSpec"/> writes it.</remarks>
public sealed record AuditSpec
{
    /// <summary>A short name that people recognise the audit by.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the text that it was read from, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The seed of everything sampled.</summary>
    public int Seed { get; init; }

    /// <summary>The models, at least one; each is audited alike.</summary>
    public required IReadOnlyList<SpecModel> Models { get; init; }

    /// <summary>The rows that everything is measured on.</summary>
    public required SpecData Evaluation { get; init; }

    /// <summary>The rows that stand for "feature not known"; null takes those of <see cref="Evaluation"/>.</summary>
    public SpecData? Background { get; init; }

    /// <summary>How many background rows are taken.</summary>
    public int BackgroundRows { get; init; } = 100;

    /// <summary>The rows that drift is measured from; null where there is no drift part.</summary>
    public SpecData? Reference { get; init; }

    /// <summary>The rows that drift is measured on; null takes those of <see cref="Evaluation"/>.</summary>
    public SpecData? Current { get; init; }

    /// <summary>The probability from which on (inclusive) the positive class is predicted; null takes the encoding's, else the model's own label, else 0.5.</summary>
    public double? Threshold { get; init; }

    /// <summary>How rows are explained; 0 rows where the spec has no such part.</summary>
    public ExplanationOptions Explanation { get; init; } = new() { Rows = 0 };

    /// <summary>The protected columns; none leaves fairness out.</summary>
    public IReadOnlyList<string> Protected { get; init; } = [];

    /// <summary>What is measured besides, and the gates.</summary>
    public required AuditMeasures Measures { get; init; }

    /// <summary>When the portal runs it again; null for never. The command line runs it once.</summary>
    public SpecSchedule? Schedule { get; init; }
}

/// <summary>A model that a spec names: a file, or a registered version.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="File">The ONNX file, relative to the spec; null for a version.</param>
/// <param name="Encoding">The encoding or manifest of the file; null where columns are taken as they are.</param>
/// <param name="Version">Such as "hmda-mortgage/3"; null for a file.</param>
public sealed record SpecModel(string Name, string? File, string? Encoding, string? Version)
{
    /// <summary>Model and number of <see cref="Version"/>.</summary>
    public (string Model, int Number) VersionParts =>
        (Version![..Version!.LastIndexOf('/')], int.Parse(Version[(Version.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>Data that a spec names: a file, a registered data set, or the latest traffic of a deployment.</summary>
/// <param name="File">The file, relative to the spec; null for anything else.</param>
/// <param name="Dataset">The registered data set's name; null for anything else.</param>
public sealed record SpecData(string? File, string? Dataset)
{
    /// <summary>The traffic; null for a file or a data set.</summary>
    public TrafficDays? Traffic { get; init; }

    /// <summary>The column with the true outcome; null takes the encoding's or the data set's.</summary>
    public string? Label { get; init; }

    /// <summary>The positive class; null takes the encoding's or the data set's.</summary>
    public string? Positive { get; init; }

    /// <summary>The outcome that a person wants; null takes the encoding's or the data set's, else the positive class.</summary>
    public string? Favourable { get; init; }

    /// <summary>The column with the rows' weights; null counts each row 1.</summary>
    public string? Weight { get; init; }

    /// <summary>Only the rows of this cohort; null for all.</summary>
    public string? Where { get; init; }

    /// <summary>What people call it: the data set's name, or the file's without its folders.</summary>
    public string Name => Dataset ?? (File is null ? $"traffic of {Traffic!.Deployment}" : Path.GetFileName(File.Replace('\\', '/')));
}

/// <summary>When a spec runs again.</summary>
/// <param name="Cron">Quartz's form: seconds, minutes, hours, day of month, month, day of week, and perhaps the year.</param>
/// <param name="TimeZone">Such as UTC or Europe/Berlin.</param>
public sealed record SpecSchedule(string Cron, string TimeZone);
