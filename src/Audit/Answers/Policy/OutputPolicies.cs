using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Registry.Access;

namespace Governance.Audit.Answers.Policy;

/// <summary>Who an answer is for, as output policies tell people apart.</summary>
public enum Audience
{
    /// <summary>The developer who owns the model.</summary>
    Owner,

    /// <summary>Another developer of the model.</summary>
    Developer,

    /// <summary>A reviewer of the model, who may see its coefficients.</summary>
    Reviewer,

    /// <summary>A compliance approver of the model.</summary>
    Approver,

    /// <summary>A person or program that asks it for answers.</summary>
    Consumer,
}

/// <summary>What one audience gets of the models of one class.</summary>
/// <param name="Audience">Who.</param>
/// <param name="Release">Of which models.</param>
/// <param name="Policy">What is released.</param>
public sealed record OutputCell(Audience Audience, ReleaseClass Release, OutputPolicy Policy);

/// <summary>A dated set of output policies and budget limits. Data, never constants in code.</summary>
public sealed record OutputPolicies
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The built-in pack.</summary>
    public static OutputPolicies Default { get; } = ReadEmbedded("answers-1.json");

    /// <summary>A short name, such as "answers".</summary>
    public required string Name { get; init; }

    /// <summary>Counts up with each change; a pack of a name and number never changes.</summary>
    public required int Number { get; init; }

    /// <summary>The first day on which it applies.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Where its choices come from.</summary>
    public required string Citation { get; init; }

    /// <summary>How much may be asked.</summary>
    public required BudgetLimits Limits { get; init; }

    /// <summary>Every audience with every class, once.</summary>
    public required IReadOnlyList<OutputCell> Cells { get; init; }

    /// <summary>What an audience gets of the models of a class.</summary>
    public OutputPolicy For(Audience audience, ReleaseClass release) =>
        Cells.First(cell => cell.Audience == audience && cell.Release == release).Policy;

    /// <summary>What whoever was allowed by a role gets of the models of a class.</summary>
    /// <param name="role">The role of the deciding cell of the table of rights.</param>
    /// <param name="owner">Whether they own the model.</param>
    /// <param name="release">The model's class.</param>
    public OutputPolicy For(Role role, bool owner, ReleaseClass release) => For(AudienceOf(role, owner), release);

    /// <summary>The audience of a role; those without answers of their own get what consumers get.</summary>
    public static Audience AudienceOf(Role role, bool owner) => role switch
    {
        Role.Developer => owner ? Audience.Owner : Audience.Developer,
        Role.Reviewer => Audience.Reviewer,
        Role.Approver => Audience.Approver,
        _ => Audience.Consumer,
    };

    /// <summary>Whether it lets out more, or grants more units, than another anywhere.</summary>
    public bool IsLooserThan(OutputPolicies other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Limits.IsLooserThan(other.Limits)
            || Cells.Any(cell => cell.Policy.IsLooserThan(other.For(cell.Audience, cell.Release)));
    }

    /// <summary>Reads a pack.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="Data.InputException">It is no pack, a cell is missing or there twice, or a limit makes no sense.</exception>
    public static OutputPolicies Read(ReadOnlySpan<byte> json)
    {
        OutputPolicies pack;
        try
        {
            pack = JsonSerializer.Deserialize<OutputPolicies>(json, Json) ?? throw new Data.InputException("The output policy is empty.");
        }
        catch (JsonException fault)
        {
            throw new Data.InputException($"The output policy cannot be read: {fault.Message}", fault);
        }

        int pairs = Enum.GetValues<Audience>().Length * Enum.GetValues<ReleaseClass>().Length;
        if (pack.Cells.Count != pairs || pack.Cells.DistinctBy(cell => (cell.Audience, cell.Release)).Count() != pairs)
        {
            throw new Data.InputException($"An output policy names each of the {pairs} pairs of audience and class once; this one has {pack.Cells.Count} entries.");
        }

        BudgetLimits limits = pack.Limits;
        return limits is { PrincipalDay: >= 0, PrincipalLifetime: >= 0, TeamDay: >= 0, ModelMonth: >= 0, LinearShare: >= 0 and < 1 }
            ? pack
            : throw new Data.InputException("Budget limits are whole numbers of at least 0, and the share of a linear model lies in [0, 1).");
    }

    /// <summary>The pack as JSON that <see cref="Read"/> takes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    private static OutputPolicies ReadEmbedded(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Governance.Audit.Answers.Policy.{file}")
            ?? throw new InvalidOperationException($"The output policy {file} is not embedded.");
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        return Read(memory.ToArray());
    }
}
