using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>What the form of a submission, review or decision holds.</summary>
public sealed class SignOffForm : IValidatableObject
{
    [Required(ErrorMessage = "Choose one.")]
    public SignOffChoice? Choice { get; set; }

    [StringLength(PersonalText.MaxLength, ErrorMessage = "At most 4,000 characters.")]
    public string? Rationale { get; set; }

    public bool Technical { get; set; }

    public bool Fairness { get; set; }

    public bool Security { get; set; }

    /// <summary>What the signer saw; the policy compares it with what is stored now.</summary>
    public string SeenVersion { get; set; } = "";

    public string SeenEvidence { get; set; } = "";

    public string SeenDossier { get; set; } = "";

    /// <summary>The areas that were ticked; null for all of them.</summary>
    internal EnumSet<ReviewArea>? Areas => Technical && Fairness && Security ? null
        : EnumSet.Of(Enum.GetValues<ReviewArea>().Where(area => area switch
        {
            ReviewArea.Technical => Technical,
            ReviewArea.Fairness => Fairness,
            _ => Security,
        }));

    /// <summary>The answers on lines that say something.</summary>
    internal static IReadOnlyList<LineWaiver> Waived(IReadOnlyList<ChecklistLine> open, IReadOnlyList<LineInput> lines) =>
    [
        .. open.Select(line => (line, typed: lines.FirstOrDefault(each => each.Line == line.Id)))
            .Where(pair => !string.IsNullOrWhiteSpace(pair.typed?.Reason))
            .Select(pair => new LineWaiver(pair.line.Id, pair.line.Name, pair.line.Verdict!.Value, pair.typed!.Reason, DayOf(pair.typed.Until), pair.line.Covers)),
    ];

    /// <summary>The conditions that say something.</summary>
    internal static IReadOnlyList<SignOffCondition> Conditional(IReadOnlyList<ConditionInput> conditions) =>
    [
        .. conditions.Where(each => !string.IsNullOrWhiteSpace(each.Text)).Select(each => new SignOffCondition(
            each.Text!.Trim(), DayOf(each.Due), Guid.TryParse(each.Owner, out Guid owner) ? new UserId(owner) : null)),
    ];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Choice is not (null or SignOffChoice.Submit) && string.IsNullOrWhiteSpace(Rationale))
        {
            yield return new ValidationResult("Say why: the rationale is kept with the sign-off.", [nameof(Rationale)]);
        }
    }

    // The end of the day that was typed, in UTC; what is no day is long past and refused in words.
    internal static DateTimeOffset DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1)
            : DateTimeOffset.UnixEpoch;
}

/// <summary>An answer on one line, as it was typed.</summary>
/// <param name="Line">The line's id.</param>
/// <param name="Reason">Why all the same.</param>
/// <param name="Until">A day.</param>
internal sealed record LineInput(string Line, string? Reason, string? Until)
{
    private const int Most = 100;

    /// <summary>Reads what was posted: the rows of a form are as many as the page has lines.</summary>
    public static IReadOnlyList<LineInput> Read(IFormCollection? form) => form is null ? [] :
    [
        .. Enumerable.Range(0, Most).TakeWhile(at => form.ContainsKey($"Form.Lines[{at}].Line")).Select(at => new LineInput(
            form[$"Form.Lines[{at}].Line"].ToString(), form[$"Form.Lines[{at}].Reason"], form[$"Form.Lines[{at}].Until"])),
    ];
}

/// <summary>One condition, as it was typed.</summary>
/// <param name="Text">What has to hold.</param>
/// <param name="Due">A day.</param>
/// <param name="Owner">The id of a person; blank for the model's owner.</param>
internal sealed record ConditionInput(string? Text, string? Due, string? Owner)
{
    /// <summary>Reads what was posted.</summary>
    public static IReadOnlyList<ConditionInput> Read(IFormCollection? form) => form is null ? [] :
    [
        .. Enumerable.Range(0, SignOffCondition.Most).TakeWhile(at => form.ContainsKey($"Form.Conditions[{at}].Text")).Select(at => new ConditionInput(
            form[$"Form.Conditions[{at}].Text"], form[$"Form.Conditions[{at}].Due"], form[$"Form.Conditions[{at}].Owner"])),
    ];
}
