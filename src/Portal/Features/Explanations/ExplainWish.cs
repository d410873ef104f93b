using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Runs;
using Governance.Registry.Evidence;

namespace Governance.Portal.Features.Explanations;

/// <summary>What the form on the Explain tab asks for.</summary>
public sealed class ExplainWish
{
    /// <summary>The reference as all background rows.</summary>
    public const string Everyone = "background";

    [Required(ErrorMessage = "Give it a name."), StringLength(AuditRun.MaxTitleLength, ErrorMessage = "At most 200 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Choose the data.")]
    public string Evaluation { get; set; } = "";

    [Required(ErrorMessage = "Choose the background.")]
    public string Background { get; set; } = "";

    public int BackgroundRows { get; set; } = 100;

    public string? BackgroundWhere { get; set; }

    public string Method { get; set; } = "auto";

    public string Link { get; set; } = "identity";

    public RowPick Pick { get; set; }

    public int Rows { get; set; } = 100;

    /// <summary>Numbers from 0 with commas between them; blank for <see cref="Pick"/>.</summary>
    public string? RowNumbers { get; set; }

    public string? Where { get; set; }

    /// <summary>"background", "mean", "zero", "blur", "mask", "token", "row" or "own".</summary>
    public string Reference { get; set; } = Everyone;

    /// <summary>The column of "own", the number of "row", or the token of "token".</summary>
    public string? ReferenceOf { get; set; }

    public string? Class { get; set; }

    /// <summary>What counts as one in pictures and sequences; blank for features.</summary>
    public string? Players { get; set; }

    /// <summary>A line a group: its name, a colon, its features with commas between them.</summary>
    public string? Groups { get; set; }

    public int Samples { get; set; } = 2048;

    public double? UntilWidth { get; set; }

    public bool Interactions { get; set; }

    public int Seed { get; set; }

    /// <summary>The <see cref="Mark"/> of the wish whose cost was last on the page; blank where none was.</summary>
    public string? Told { get; set; }

    /// <summary>A digest of what decides the cost, so that the cost of one wish does not stand for another's.</summary>
    /// <exception cref="InputException">A row number or a group cannot be read.</exception>
    public string Mark() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(ToOptions() with { Name = "" }, ReportJson.Options)));

    /// <summary>The same as a run's options.</summary>
    /// <exception cref="InputException">A row number or a group cannot be read.</exception>
    public AuditOptions ToOptions() => new()
    {
        Kind = AuditKind.Explanation,
        Name = Name.Trim(),
        Evaluation = Evaluation,
        Background = Background,
        BackgroundRows = BackgroundRows,
        Seed = Seed,
        Explanation = new ExplanationOptions
        {
            Method = Method,
            Rows = Rows,
            Samples = Samples,
            Link = Link,
            Pick = Pick,
            RowNumbers = ReadNumbers(RowNumbers),
            Where = Blank(Where),
            BackgroundWhere = Blank(BackgroundWhere),
            Reference = Reference switch
            {
                "mean" or "zero" or "blur" or "mask" => Reference,
                "row" or "own" or "token" => $"{Reference}:{Blank(ReferenceOf) ?? throw new InputException("Say which column, row or token the reference is.")}",
                _ => null,
            },
            Class = Blank(Class),
            Players = PlayerSpec.Parse(Players)?.ToString(),
            UntilWidth = UntilWidth,
            Interactions = Interactions,
            Groups = ReadGroups(Groups),
        },
    };

    private static List<int>? ReadNumbers(string? text)
    {
        string[] words = (text ?? "").Split([',', ' ', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        List<int> numbers = [];
        foreach (string word in words)
        {
            numbers.Add(int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new InputException($"Row numbers are whole numbers from 0 with commas between them; '{word}' is none."));
        }

        return numbers.Count == 0 ? null : numbers;
    }

    private static Dictionary<string, IReadOnlyList<string>>? ReadGroups(string? text)
    {
        Dictionary<string, IReadOnlyList<string>> groups = new(StringComparer.Ordinal);
        foreach (string line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "" : line[..colon].Trim();
            string[] members = colon < 0 ? [] : line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (name.Length == 0 || members.Length == 0 || !groups.TryAdd(name, members))
            {
                throw new InputException($"A group is a name, a colon and its features with commas between them, each name once; '{line}' is none.");
            }
        }

        return groups.Count == 0 ? null : groups;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
