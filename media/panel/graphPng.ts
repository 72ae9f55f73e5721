import type { Picture, PictureMark } from './graphPicture';

/** Largest number of pixels on a side that browsers draw. */
const maxSide = 8000;

/** Paints a picture. @returns a PNG in Base64. @param scale Pixels of the file for each pixel of the picture. */
export function picturePng(picture: Picture, scale = 2): string {
  const { width, height, font, marks } = picture;
  const canvas = document.createElement('canvas');
  const factor = Math.min(scale, maxSide / width, maxSide / height);
  canvas.width = Math.round(width * factor);
  canvas.height = Math.round(height * factor);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This window cannot paint pictures.');
  context.scale(factor, factor);
  context.lineJoin = 'round';
  for (const mark of marks) paint(context, mark, font);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}

function paint(context: CanvasRenderingContext2D, mark: PictureMark, font: string): void {
  if (mark.kind === 'text') {
    const { x, y, text, size, isBold, anchor, colour, halo } = mark;
    context.globalAlpha = 1;
    context.font = `${isBold ? 'bold ' : ''}${size}px ${font}`;
    context.textAlign = anchor === 'middle' ? 'center' : 'left';
    context.setLineDash([]);
    context.lineWidth = 3;
    context.strokeStyle = halo;
    context.strokeText(text, x, y + size * 0.35);
    context.fillStyle = colour;
    context.fillText(text, x, y + size * 0.35);
    return;
  }
  const { path, fill, stroke, width = 1, dash = [], opacity = 1 } = mark;
  if (opacity < 1 && fill !== undefined && stroke !== undefined) {
    paintTogether(context, mark, font);
    return;
  }
  const shape = new Path2D(path);
  context.globalAlpha = opacity;
  if (fill !== undefined) {
    context.fillStyle = fill;
    context.fill(shape);
  }
  if (stroke !== undefined) {
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.stroke(shape);
  }
}

/** Paints a filled shape with a border of the same transparency: painted one after the other, both would show. */
function paintTogether(
  context: CanvasRenderingContext2D,
  mark: PictureMark & { kind: 'path' },
  font: string,
): void {
  const { width, height } = context.canvas;
  const layer = document.createElement('canvas');
  Object.assign(layer, { width, height });
  const inner = layer.getContext('2d');
  if (!inner) return;
  inner.setTransform(context.getTransform());
  inner.lineJoin = 'round';
  paint(inner, { ...mark, opacity: 1 }, font);
  context.save();
  context.resetTransform();
  context.globalAlpha = mark.opacity ?? 1;
  context.drawImage(layer, 0, 0);
  context.restore();
}
