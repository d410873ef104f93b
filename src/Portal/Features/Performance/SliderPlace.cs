namespace Governance.Portal.Features.Performance;

/// <summary>Where a slider was put by us. While a person moves it, it is not rendered at a step that they left already.</summary>
public sealed class SliderPlace
{
    /// <summary>The value that the page renders.</summary>
    public double Value { get; private set; }

    /// <summary>Puts it somewhere; a hair aside where it was put there before, so that the page renders it again wherever a person left it.</summary>
    public void Put(double value) => Value = Value == value ? Math.BitIncrement(value) : value;
}
