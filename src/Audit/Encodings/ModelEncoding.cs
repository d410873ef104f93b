using System.Security.Cryptography;
using System.Text.Json;
using Governance.Audit.Data;
using Governance.Audit.Inference;

namespace Governance.Audit.Encodings;

/// <summary>
/// How a row of readable data becomes a model's inputs, and how its outputs become a decision. Part of a version's digest.
/// </summary>
public sealed record ModelEncoding
{
    /// <summary>The inputs, in the order of the file.</summary>
    public required IReadOnlyList<EncodedInput> Inputs { get; init; }

    /// <summary>The outputs that the file describes; empty where it leaves them to the graph.</summary>
    public IReadOnlyList<EncodedOutput> Outputs { get; init; } = [];

    /// <summary>The label of the data and what its classes mean; null where the file does not say.</summary>
    public LabelMeaning? Label { get; init; }

    /// <summary>The positive score from which on (inclusive) the positive class is predicted; null leaves it to the model, or 0.5.</summary>
    public double? Threshold { get; init; }

    /// <summary>Thresholds by group in place of <see cref="Threshold"/>; null where all rows are decided alike.</summary>
    public GroupThresholds? GroupThresholds { get; init; }

    /// <summary>Players that stand for several features, by name; features or columns by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Groups { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The classes of the outputs that name them, in the order in which classes are counted.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> OrderedClasses =>
        Outputs.Where(output => output.Classes is not null).ToDictionary(output => output.Name, output => output.Classes!, StringComparer.Ordinal);

    /// <summary>SHA-256 of <see cref="CanonicalBytes"/>, lower-case hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(CanonicalBytes()));

    /// <summary>Reads an encoding: the JSON of the contract, or a model's manifest.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="InputException">It is no JSON, or no encoding; the sentence names the part.</exception>
    public static ModelEncoding Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json, new JsonDocumentOptions { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip });
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new InputException("The encoding is not a JSON object.");
            }

            return Checked(root.TryGetProperty("output_roles", out _) || root.TryGetProperty("preprocessing", out _)
                ? ManifestJson.Read(root)
                : EncodingJson.Read(root));
        }
        catch (JsonException fault)
        {
            throw new InputException($"The encoding is not valid JSON (line {(fault.LineNumber ?? 0) + 1}).", fault);
        }
        catch (InvalidOperationException fault)
        {
            // Half a surrogate pair: the parser finds it only when the text is read.
            throw new InputException("The encoding holds text that is not valid Unicode.", fault);
        }
    }

    /// <summary>The encoding in canonical JSON: the same meaning gives the same bytes, from whichever form it was read.</summary>
    public byte[] CanonicalBytes() => CanonicalEncoding.Write(this);

    private static ModelEncoding Checked(ModelEncoding encoding)
    {
        IEnumerable<string> names = encoding.Inputs.SelectMany(input => input.Features.Select(feature => feature.Name));
        foreach (IEnumerable<string> list in (IEnumerable<string>[])[encoding.Inputs.Select(input => input.Name), names])
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            if (list.FirstOrDefault(name => !seen.Add(name)) is string twice)
            {
                throw new InputException($"The encoding names '{twice}' twice.");
            }
        }

        return encoding is { Threshold: not null, GroupThresholds: not null }
            ? throw new InputException("The encoding gives one threshold and thresholds by group; it can have one of them.")
            : encoding;
    }
}

/// <summary>One input of the model.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Shape">All dimensions, null for the batch and other free ones; null where the file does not say.</param>
/// <param name="Features">What fills the input's elements, row-major.</param>
public sealed record EncodedInput(string Name, IReadOnlyList<long?>? Shape, IReadOnlyList<EncodedFeature> Features)
{
    /// <summary>The token that stands for "not known" in a line of tokens, a number or a text; null where there is none.</summary>
    public CellRule? Mask { get; init; }

    /// <summary>How the pixels of a picture were made; null where nothing is said.</summary>
    public Normalisation? Normalised { get; init; }
}

/// <summary>One output of the model.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Role">What it means.</param>
/// <param name="Classes">The readable name of each class, in column order; null where unknown.</param>
public sealed record EncodedOutput(string Name, OutputRole Role, IReadOnlyList<string>? Classes);

/// <summary>The label of the data.</summary>
/// <param name="Column">Its column, or null where the file does not name it.</param>
/// <param name="Positive">The class that TPR, FPR, PPV and scores refer to; null where there is none.</param>
/// <param name="Favourable">The outcome that a person wants; null means the positive one.</param>
public sealed record LabelMeaning(string? Column, string? Positive, string? Favourable);
