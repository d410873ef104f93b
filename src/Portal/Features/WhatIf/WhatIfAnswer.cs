using System.Text.Json;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Runs;

namespace Governance.Portal.Features.WhatIf;

/// <summary>What a version answered in a session, as far as it was released; kept with the edit.</summary>
/// <param name="Label">The decision; null for values.</param>
/// <param name="Probabilities">By class, as released; null where none is.</param>
/// <param name="Value">The value, as released; null for decisions and where only a band is released.</param>
/// <param name="Low">The band's low end, where only that is released.</param>
/// <param name="High">The band's high end, where only that is released.</param>
/// <param name="Form">How far the answer was released.</param>
/// <param name="Units">What it cost.</param>
public sealed record WhatIfAnswer(
    string? Label, IReadOnlyDictionary<string, double>? Probabilities, double? Value, double? Low, double? High, PredictionForm Form, int Units)
{
    /// <summary>From an answered row.</summary>
    public static WhatIfAnswer Of(AnsweredRow row) => new(
        row.Prediction.Label, row.Prediction.Probabilities, row.Prediction.Value, row.Prediction.Band?.Low, row.Prediction.Band?.High, row.Form, row.Units);

    /// <summary>From its kept form.</summary>
    public static WhatIfAnswer Read(string json) => JsonSerializer.Deserialize<WhatIfAnswer>(json, ReportJson.Options)!;

    /// <summary>To keep.</summary>
    public string Write() => JsonSerializer.Serialize(this, ReportJson.Options);
}
