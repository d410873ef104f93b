namespace Governance.Registry.Access;

/// <summary>Why a person's wish was not done: a rule, said in words they can act on.</summary>
/// <param name="Code">A stable name for programs and tests, such as <c>own-work</c>.</param>
/// <param name="Sentence">Plain English: what is the case, and what to do about it.</param>
public sealed record Refusal(string Code, string Sentence);
