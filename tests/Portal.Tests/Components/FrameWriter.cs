#pragma warning disable BL0006 // See ComponentHost
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Components.RenderTree;

namespace Governance.Portal.Tests.Components;

/// <summary>Writes render-tree frames as HTML; an element that listens to an event says so in data-event-….</summary>
internal sealed class FrameWriter(Action<int, StringBuilder> writeComponent, StringBuilder html)
{
    private static readonly HashSet<string> Void =
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    /// <summary>Writes the frames from <paramref name="at"/> up to <paramref name="end"/>, exclusive.</summary>
    public void Write(RenderTreeFrame[] frames, int at, int end)
    {
        while (at < end)
        {
            ref RenderTreeFrame frame = ref frames[at];
            switch (frame.FrameType)
            {
                case RenderTreeFrameType.Text:
                    html.Append(WebUtility.HtmlEncode(frame.TextContent));
                    at++;
                    break;
                case RenderTreeFrameType.Markup:
                    html.Append(frame.MarkupContent);
                    at++;
                    break;
                case RenderTreeFrameType.Region:
                    Write(frames, at + 1, at + frame.RegionSubtreeLength);
                    at += frame.RegionSubtreeLength;
                    break;
                case RenderTreeFrameType.Component:
                    writeComponent(frame.ComponentId, html);
                    at += frame.ComponentSubtreeLength;
                    break;
                case RenderTreeFrameType.Element:
                    WriteElement(frames, at);
                    at += frame.ElementSubtreeLength;
                    break;
                default:
                    at++;
                    break;
            }
        }
    }

    private void WriteElement(RenderTreeFrame[] frames, int at)
    {
        string name = frames[at].ElementName;
        int end = at + frames[at].ElementSubtreeLength;
        html.Append('<').Append(name);
        int next = at + 1;
        for (; next < end && frames[next].FrameType == RenderTreeFrameType.Attribute; next++)
        {
            WriteAttribute(ref frames[next]);
        }

        html.Append('>');
        if (!Void.Contains(name))
        {
            Write(frames, next, end);
            html.Append("</").Append(name).Append('>');
        }
    }

    private void WriteAttribute(ref RenderTreeFrame attribute)
    {
        if (attribute.AttributeEventHandlerId != 0)
        {
            html.Append(CultureInfo.InvariantCulture, $" data-event-{attribute.AttributeName}=\"{attribute.AttributeEventHandlerId}\"");
        }
        else if (attribute.AttributeValue is true)
        {
            html.Append(' ').Append(attribute.AttributeName);
        }
        else if (attribute.AttributeValue is not (null or false))
        {
            string value = Convert.ToString(attribute.AttributeValue, CultureInfo.InvariantCulture) ?? "";
            html.Append(' ').Append(attribute.AttributeName).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
        }
    }
}
