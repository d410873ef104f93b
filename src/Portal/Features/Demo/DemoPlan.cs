using System.Text.Json;

namespace Governance.Portal.Features.Demo;

/// <summary>What the demo registers: <c>samples/demo.json</c>.</summary>
internal sealed record DemoPlan
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The folder of the samples beside the program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>The sample accounts.</summary>
    public required IReadOnlyList<DemoPerson> People { get; init; }

    /// <summary>The user name of the person who registers everything.</summary>
    public required string Owner { get; init; }

    /// <summary>The user name of the person who grants.</summary>
    public required string Administrator { get; init; }

    /// <summary>The user names that every model is granted to.</summary>
    public required IReadOnlyList<string> Grants { get; init; }

    /// <summary>Those of them whose grant names rows with personal data.</summary>
    public required IReadOnlyList<string> PersonalRows { get; init; }

    /// <summary>The data sets.</summary>
    public required IReadOnlyList<DemoDataset> Datasets { get; init; }

    /// <summary>The models, each with one version and one audit.</summary>
    public required IReadOnlyList<DemoModel> Models { get; init; }

    /// <summary>What is deployed and watched; null for nothing.</summary>
    public DemoWatched? Watched { get; init; }

    /// <summary>Reads the plan that ships with the program.</summary>
    public static async Task<DemoPlan> ReadAsync(CancellationToken cancellationToken)
    {
        await using FileStream stream = File.OpenRead(Path.Combine(Folder, "demo.json"));
        return (await JsonSerializer.DeserializeAsync<DemoPlan>(stream, Json, cancellationToken))!;
    }
}

/// <summary>One sample account.</summary>
internal sealed record DemoPerson(string User, string Name, IReadOnlyList<string> Roles);

/// <summary>One sample data set; the file is below the samples folder.</summary>
internal sealed record DemoDataset(
    string Name, string Title, string File, string Label, string? Positive, string? Favourable, IReadOnlyList<string> Protected);

/// <summary>One sample model; the folder holds model.onnx and manifest.json. Its owner may have submitted it for review.</summary>
internal sealed record DemoModel(
    string Name, string Title, string Purpose, string Tier, string Folder, DemoAudit Audit, bool Submitted = false);

/// <summary>The audit of a sample model, and whether its data are compared besides.</summary>
internal sealed record DemoAudit(
    string Evaluation, string Background, IReadOnlyList<string> Protected, int Rows, int BackgroundRows = 100, int Samples = 2048, bool Drift = false);

/// <summary>The deployment of the demo: which model, on rows of which data set, who signs and deploys, the plan of its monitors, and the spec of its scheduled audit.</summary>
internal sealed record DemoWatched(
    string Model, string Reference, string Rows, string Drifting, string Plan, string Audit, string Reviewer, string Approver, string Operator);
