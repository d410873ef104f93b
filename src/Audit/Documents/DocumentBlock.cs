using System.Text.Json.Serialization;

namespace Governance.Audit.Documents;

/// <summary>A piece of a document.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "block")]
[JsonDerivedType(typeof(TextBlock), "text")]
[JsonDerivedType(typeof(SealedBlock), "sealed")]
[JsonDerivedType(typeof(FactsBlock), "facts")]
[JsonDerivedType(typeof(TableBlock), "table")]
[JsonDerivedType(typeof(WrittenBlock), "written")]
[JsonDerivedType(typeof(MissingBlock), "missing")]
public abstract record DocumentBlock;

/// <summary>Words of the program.</summary>
/// <param name="Text">One paragraph.</param>
public sealed record TextBlock(string Text) : DocumentBlock;

/// <summary>A sentence as it was sealed, with the numbers in it.</summary>
/// <param name="Text">One paragraph.</param>
/// <param name="Evidence">The evidence's id.</param>
/// <param name="Path">Its place in the findings document, as <see cref="EvidencePath"/> reads it.</param>
public sealed record SealedBlock(string Text, Guid Evidence, string Path) : DocumentBlock;

/// <summary>Terms with what stands for each.</summary>
/// <param name="Rows">In order.</param>
public sealed record FactsBlock(IReadOnlyList<DocumentFact> Rows) : DocumentBlock;

/// <summary>One term.</summary>
/// <param name="Term">Such as "Tier".</param>
/// <param name="Value">What stands for it.</param>
public sealed record DocumentFact(string Term, DocumentValue Value);

/// <summary>A table.</summary>
/// <param name="Caption">What it holds.</param>
/// <param name="Columns">The heads.</param>
/// <param name="Rows">Each with as many values as there are heads.</param>
public sealed record TableBlock(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<DocumentValue>> Rows) : DocumentBlock;

/// <summary>What a person wrote: shown as it is, never as markup.</summary>
/// <param name="About">What they were asked.</param>
/// <param name="Text">Their words.</param>
/// <param name="By">Their name.</param>
/// <param name="At">When, UTC.</param>
public sealed record WrittenBlock(string About, string Text, string By, DateTimeOffset At) : DocumentBlock;

/// <summary>A place that stays visibly empty.</summary>
/// <param name="What">What is missing.</param>
/// <param name="How">How it gets there.</param>
public sealed record MissingBlock(string What, string How) : DocumentBlock;

/// <summary>A value as it is printed, with the numbers in it.</summary>
/// <param name="Text">For people.</param>
/// <param name="Numbers">Each with where it stands; empty for what is no measurement.</param>
public sealed record DocumentValue(string Text, IReadOnlyList<CitedNumber> Numbers)
{
    /// <summary>Words without a measurement.</summary>
    public static implicit operator DocumentValue(string text) => FromString(text);

    /// <summary>Words without a measurement.</summary>
    public static DocumentValue FromString(string text) => new(text, []);
}

/// <summary>A number and where it stands.</summary>
/// <param name="Value">In full precision.</param>
/// <param name="Evidence">The evidence's id.</param>
/// <param name="Path">Its place in the findings document, as <see cref="EvidencePath"/> reads it.</param>
public sealed record CitedNumber(double Value, Guid Evidence, string Path);
