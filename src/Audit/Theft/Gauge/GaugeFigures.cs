namespace Governance.Audit.Theft.Gauge;

/// <summary>What a copy made from somebody's answers is worth.</summary>
/// <param name="Answers">Answers that it learned from.</param>
/// <param name="Fidelity">Agreement with the model beyond chance (<see cref="AgreementBeyondChance"/>), at most 1; of a value R², at most 1.</param>
/// <param name="Low">The low end of its 95 % interval.</param>
/// <param name="High">The high end.</param>
/// <param name="Agreement">The plain share of rows decided alike; of a value R² again.</param>
/// <param name="Judged">Rows that it was judged on.</param>
/// <param name="Family">What it is, such as "boosted trees".</param>
public sealed record GaugeFigures(int Answers, double Fidelity, double Low, double High, double Agreement, int Judged, string Family);
